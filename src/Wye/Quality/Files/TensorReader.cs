using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Wye.Quality.Files;

/// <summary>Reads tensors of a router file and checks them against the manifest.</summary>
internal sealed class TensorReader
{
    private readonly Dictionary<string, Array> _tensors = new(StringComparer.Ordinal);

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
            string hash = tensor.GetProperty("sha256").GetString()!;
            int length = tensor.GetProperty("length").GetInt32();
            _tensors[name] = kind switch
            {
                TensorKind.Int8 => Read<sbyte>(entry, name, length, hash),
                TensorKind.Half => Widen(Read<Half>(entry, name, length, hash)),
                TensorKind.Int32 => Read<int>(entry, name, length, hash),
                _ => Read<float>(entry, name, length, hash),
            };
        }
    }

    /// <summary>Floats named by a property. Estimators that share a tensor share its array: it is not to be changed.</summary>
    public float[] Floats(JsonElement owner, string property) => Find<float>(owner, property);

    /// <summary>Integers named by a property; shared as floats are.</summary>
    public int[] Integers(JsonElement owner, string property) => Find<int>(owner, property);

    /// <summary>8-bit integers named by a property; shared as floats are.</summary>
    public sbyte[] Bytes(JsonElement owner, string property) => Find<sbyte>(owner, property);

    // Straight into the array that is served: a router is most of what a start reads.
    private static T[] Read<T>(ZipArchiveEntry entry, string name, int length, string hash)
        where T : struct
    {
        int width = Unsafe.SizeOf<T>();
        T[] values = entry.Length == (long)length * width ? new T[length] : throw WrongSize(name);
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        using (Stream stream = entry.Open())
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
                throw WrongSize(name);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
            throw new RouterFileException(
                $"Tensor '{name}' fails its checksum: the router file is damaged. Copy or train it again."
            );
        ToHostOrder(bytes, width);
        return values;
    }

    private static RouterFileException WrongSize(string name) =>
        new($"Tensor '{name}' has the wrong size: the router file is damaged. Copy or train it again.");

    private static void ToHostOrder(Span<byte> littleEndian, int width)
    {
        if (BitConverter.IsLittleEndian)
            return;
        for (int i = 0; i < littleEndian.Length; i += width)
            littleEndian.Slice(i, width).Reverse();
    }

    private static float[] Widen(Half[] halves)
    {
        float[] values = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, values);
        return values;
    }

    private T[] Find<T>(JsonElement owner, string property)
    {
        string? name = owner.GetProperty(property).GetString();
        return name is not null && _tensors.TryGetValue(name, out Array? tensor) && tensor is T[] values
            ? values
            : throw new RouterFileException(
                $"'{property}' names tensor '{name}', which the file does not hold. Train the router again."
            );
    }
}
