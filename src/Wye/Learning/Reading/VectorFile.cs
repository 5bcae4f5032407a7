using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Learning.Reading;

/// <summary>
/// Vectors of texts by one embedding model in a file that is only appended to: a line of JSON that names the model, then records
/// of one size (16 bytes of SHA-256 of the text, the vector in 16-bit floats, little-endian). Not thread-safe.
/// </summary>
/// <remarks>
/// A record that a crash left half is cut off when the file is opened again. One whose vector is all 0, or not finite, counts as
/// missing: files written by others may hold such. Of two records of one text the later counts.
/// </remarks>
internal sealed class VectorFile : IDisposable
{
    /// <summary>Most numbers that a vector may have: what a router can be served with.</summary>
    public const int MostDimensions = PromptScratch.MostDense - FeatureLayout.Scalars;

    private const string Format = "wye-vectors";
    private const int Version = 1;
    private const int MostHeader = 4096;

    // Bytes of a text's hash.
    private const int KeySize = 16;
    private readonly FileStream _stream;
    private readonly HashSet<UInt128> _known = [];
    private readonly byte[] _record;

    private VectorFile(FileStream stream, ExternalEncoder encoder)
    {
        (_stream, Encoder) = (stream, encoder);
        _record = new byte[RecordSize(encoder.Dimensions)];
    }

    /// <summary>Whose vectors they are.</summary>
    public ExternalEncoder Encoder { get; }

    /// <summary>Number of texts that have a vector.</summary>
    public int Count => _known.Count;

    /// <summary>Begins a file, or goes on with one.</summary>
    /// <exception cref="InvalidDataException">It is no file of vectors, or holds those of another encoder.</exception>
    public static VectorFile Open(string path, ExternalEncoder encoder)
    {
        if (encoder.Dimensions is < 1 or > MostDimensions)
            throw new InvalidDataException(
                $"'{encoder.Model}' gives vectors of {encoder.Dimensions} numbers; a router can use {MostDimensions}. Ask for shorter ones with --dimensions, or name another model."
            );
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (stream.Length == 0)
            {
                WriteHeader(stream, encoder);
                return new VectorFile(stream, encoder);
            }

            ExternalEncoder held = ReadHeader(stream, path);
            if (held != encoder)
                throw new InvalidDataException(
                    $"'{path}' holds vectors of {Words(held)}, not of {Words(encoder)}. Name another --out, or ask for the same."
                );
            var file = new VectorFile(stream, encoder);
            file.Resume();
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whose vectors an existing file holds; null = there is none, or it is empty.</summary>
    /// <exception cref="InvalidDataException">It is no file of vectors.</exception>
    public static ExternalEncoder? Peek(string path)
    {
        if (!File.Exists(path))
            return null;
        using FileStream stream = File.OpenRead(path);
        return stream.Length == 0 ? null : ReadHeader(stream, path);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is no file of vectors.</exception>
    public static PromptVectors Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        ExternalEncoder encoder = ReadHeader(stream, path);
        var vectors = new Dictionary<UInt128, float[]>();
        byte[] record = new byte[RecordSize(encoder.Dimensions)];
        while (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            float[] vector = VectorIn(record);
            if (IsUsable(vector))
                vectors[KeyIn(record)] = vector;
        }

        return new PromptVectors(path, encoder, vectors);
    }

    /// <summary>What a text is found by.</summary>
    public static UInt128 KeyOf(string text) => KeyIn(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether a vector says something as it is kept, in 16 bits: finite numbers, not all 0.</summary>
    public static bool IsUsable(ReadOnlySpan<float> vector)
    {
        bool some = false;
        foreach (float number in vector)
        {
            Half kept = (Half)number;
            if (!Half.IsFinite(kept))
                return false;
            some |= kept != Half.Zero;
        }

        return some;
    }

    /// <summary>Whether a text has its vector.</summary>
    public bool Holds(string text) => _known.Contains(KeyOf(text));

    /// <summary>Appends a text's vector; it outlives the process when this returns.</summary>
    /// <exception cref="ArgumentException">It is not of the encoder's length, not made of finite numbers, or all 0.</exception>
    public void Add(string text, ReadOnlySpan<float> vector)
    {
        if (vector.Length != Encoder.Dimensions || !IsUsable(vector))
            throw new ArgumentException(
                $"A vector has {Encoder.Dimensions} finite numbers that are not all 0.",
                nameof(vector)
            );
        UInt128 key = KeyOf(text);
        if (!_known.Add(key))
            return;
        BinaryPrimitives.WriteUInt128BigEndian(_record, key);
        Span<byte> numbers = _record.AsSpan(KeySize);
        for (int i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(numbers[(2 * i)..], (Half)vector[i]);
        _stream.Write(_record);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>An encoder in words, for complaints.</summary>
    internal static string Words(ExternalEncoder encoder) =>
        $"{encoder.Model} ({encoder.Dimensions} numbers{(encoder.Shortened ? ", shortened" : "")})";

    private static int RecordSize(int dimensions) => KeySize + (2 * dimensions);

    private static UInt128 KeyIn(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    private static float[] VectorIn(ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> numbers = record[KeySize..];
        float[] vector = new float[numbers.Length / 2];
        for (int i = 0; i < vector.Length; i++)
            vector[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(numbers[(2 * i)..]);
        return vector;
    }

    private void Resume()
    {
        long start = _stream.Position;
        while (_stream.ReadAtLeast(_record, _record.Length, throwOnEndOfStream: false) == _record.Length)
        {
            if (IsUsable(VectorIn(_record)))
                _known.Add(KeyIn(_record));
        }

        long whole = (_stream.Length - start) / _record.Length;
        _stream.SetLength(start + (whole * _record.Length));
        _stream.Position = _stream.Length;
    }

    private static void WriteHeader(FileStream stream, ExternalEncoder encoder)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("model", encoder.Model);
            json.WriteNumber("dimensions", encoder.Dimensions);
            json.WriteBoolean("shortened", encoder.Shortened);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static ExternalEncoder ReadHeader(FileStream stream, string path)
    {
        byte[] head = new byte[MostHeader];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        int end = head.AsSpan(0, read).IndexOf((byte)'\n');
        try
        {
            using var json = JsonDocument.Parse(head.AsMemory(0, Math.Max(end, 0)));
            JsonElement root = json.RootElement;
            if (root.GetProperty("format").GetString() != Format)
                throw new KeyNotFoundException();
            if (root.GetProperty("version").GetInt32() != Version)
                throw new InvalidDataException(
                    $"'{path}' holds vectors in version {root.GetProperty("version").GetInt32()} of their format; this Wye reads {Version}. Write it again with 'wye embed'."
                );
            int dimensions = root.GetProperty("dimensions").GetInt32();
            if (dimensions is < 1 or > MostDimensions)
                throw new KeyNotFoundException();
            stream.Position = end + 1;
            return new ExternalEncoder(
                root.GetProperty("model").GetString()!,
                dimensions,
                root.GetProperty("shortened").GetBoolean()
            );
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is no file of vectors. 'wye embed' writes one.", fault);
        }
    }
}
