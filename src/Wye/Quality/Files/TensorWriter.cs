using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Wye.Quality.Files;

/// <summary>Writes tensors as entries of a zip archive and remembers their checksums.</summary>
internal sealed class TensorWriter(ZipArchive archive)
{
    // A fixed time: the same tensors make the same bytes.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<Array, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, TensorKind Kind, int Length, string Hash)> _written = [];

    /// <summary>Adds floats; returns the tensor's name.</summary>
    public string Add(float[] values, TensorKind kind = TensorKind.Single)
    {
        // Estimators that share an array share its entry.
        if (_known.TryGetValue(values, out string? known))
            return known;
        byte[] bytes = new byte[values.Length * (kind == TensorKind.Half ? 2 : 4)];
        for (int i = 0; i < values.Length; i++)
        {
            if (kind == TensorKind.Half)
                BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), (Half)values[i]);
            else
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return _known[values] = Add(bytes, kind, values.Length);
    }

    /// <summary>Adds integers; returns the tensor's name.</summary>
    public string Add(ReadOnlySpan<int> values)
    {
        byte[] bytes = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return Add(bytes, TensorKind.Int32, values.Length);
    }

    /// <summary>Adds 8-bit integers; returns the tensor's name.</summary>
    public string Add(sbyte[] values)
    {
        if (_known.TryGetValue(values, out string? known))
            return known;
        return _known[values] = Add(MemoryMarshal.AsBytes(values.AsSpan()), TensorKind.Int8, values.Length);
    }

    /// <summary>Writes the list of tensors.</summary>
    public void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartArray("tensors");
        foreach (var (name, kind, length, hash) in _written)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("kind", kind.ToString());
            json.WriteNumber("length", length);
            json.WriteString("sha256", hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one entry with the fixed time.</summary>
    public static void WriteEntry(ZipArchive archive, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = s_time;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }

    private string Add(ReadOnlySpan<byte> bytes, TensorKind kind, int length)
    {
        string name = FormattableString.Invariant($"t{_written.Count}");
        WriteEntry(archive, $"tensors/{name}.bin", bytes);
        _written.Add((name, kind, length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return name;
    }
}
