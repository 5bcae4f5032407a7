using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Wye.Quality.Files;

/// <summary>Reads tensors of a router file and checks them against the manifest.</summary>
internal sealed class TensorReader
{
    private readonly Dictionary<string, (TensorKind Kind, byte[] Bytes)> _tensors = new(StringComparer.Ordinal);

    public TensorReader(ZipArchive archive, JsonElement list)
    {
        foreach (JsonElement tensor in list.EnumerateArray())
        {
            string name = tensor.GetProperty("name").GetString()!;
            if (!Enum.TryParse(tensor.GetProperty("kind").GetString(), out TensorKind kind))
                throw new RouterFileException(
                    $"Tensor '{name}' has an unknown kind. Update Wye, or train the router again."
                );
            ZipArchiveEntry entry =
                archive.GetEntry($"tensors/{name}.bin")
                ?? throw new RouterFileException(
                    $"Tensor '{name}' is missing: the router file is cut off. Copy or train it again."
                );
            int size = tensor.GetProperty("length").GetInt32() * SizeOf(kind);
            byte[] bytes = new byte[size];
            using (Stream stream = entry.Open())
            {
                if (entry.Length != size || stream.ReadAtLeast(bytes, size, throwOnEndOfStream: false) != size)
                    throw new RouterFileException(
                        $"Tensor '{name}' has the wrong size: the router file is damaged. Copy or train it again."
                    );
            }

            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != tensor.GetProperty("sha256").GetString())
                throw new RouterFileException(
                    $"Tensor '{name}' fails its checksum: the router file is damaged. Copy or train it again."
                );
            _tensors[name] = (kind, bytes);
        }
    }

    /// <summary>Floats named by a property.</summary>
    public float[] Floats(JsonElement owner, string property)
    {
        (TensorKind kind, byte[] bytes) = Find(owner, property);
        int width = kind == TensorKind.Half ? 2 : 4;
        float[] values = new float[bytes.Length / width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] =
                kind == TensorKind.Half
                    ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(i * 2))
                    : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 4));
        }

        return values;
    }

    /// <summary>Integers named by a property.</summary>
    public int[] Integers(JsonElement owner, string property)
    {
        (_, byte[] bytes) = Find(owner, property);
        int[] values = new int[bytes.Length / 4];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * 4));
        return values;
    }

    /// <summary>8-bit integers named by a property.</summary>
    public sbyte[] Bytes(JsonElement owner, string property)
    {
        (_, byte[] bytes) = Find(owner, property);
        return MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray();
    }

    private static int SizeOf(TensorKind kind) =>
        kind switch
        {
            TensorKind.Int8 => 1,
            TensorKind.Half => 2,
            _ => 4,
        };

    private (TensorKind Kind, byte[] Bytes) Find(JsonElement owner, string property)
    {
        string? name = owner.GetProperty(property).GetString();
        return name is not null && _tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new RouterFileException(
                $"'{property}' names tensor '{name}', which the file does not hold. Train the router again."
            );
    }
}
