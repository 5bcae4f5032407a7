using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Wye.Simulator.Answers;

/// <summary>The text of a call in the order the model reads it: what the tokenizer counts and the prompt cache compares.</summary>
internal sealed class Transcript(int capacity)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);
    private ulong _opaque;

    public List<Segment> Segments { get; } = [];

    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    public void Append(ReadOnlySpan<byte> utf8) => _buffer.Write(utf8);

    /// <summary>Appends the string <paramref name="reader"/> stands on, unescaped.</summary>
    public void Append(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            _buffer.Write(reader.ValueSpan);
            return;
        }

        var span = _buffer.GetSpan(reader.ValueSpan.Length);
        _buffer.Advance(reader.CopyString(span));
    }

    /// <summary>Something without text, such as an image: it makes two transcripts differ.</summary>
    public void AppendOpaque(ReadOnlySpan<byte> value) => _opaque = StableHash.Of(_opaque, value);

    /// <summary>Ends the message that began at <paramref name="start"/>.</summary>
    public void EndMessage(string role, int start, int textLength)
    {
        Segments.Add(new Segment(role, start, textLength));
        var mark = _buffer.GetSpan(32);
        mark[0] = 0x1E;
        var written = 1 + Encoding.UTF8.GetBytes(role.AsSpan(0, Math.Min(role.Length, 5)), mark[1..]);
        BitConverter.TryWriteBytes(mark[written..], _opaque);
        _buffer.Advance(written + sizeof(ulong));
    }

    internal readonly record struct Segment(string Role, int Start, int Length);
}
