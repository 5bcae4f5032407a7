using System.Buffers;
using Wye.Chat;
using Wye.Dialects;

namespace Wye.Extensions.AI;

/// <summary>Frames of another wire format as payloads of one, by way of its own writer. Used by one flow.</summary>
internal sealed class FramePayloads(IFrameWriter writer)
{
    private static readonly byte[] Field = "data:"u8.ToArray();
    private static readonly byte[] Done = "[DONE]"u8.ToArray();

    /// <summary>Payloads of one frame, in order; copies.</summary>
    public List<ReadOnlyMemory<byte>> Of(in ChatFrame frame)
    {
        var events = new ArrayBufferWriter<byte>();
        writer.Write(frame, events);
        return Split(events.WrittenMemory);
    }

    /// <summary>Payloads that close a stream, the terminator aside.</summary>
    public List<ReadOnlyMemory<byte>> OfEnd(in ChatFrame terminator)
    {
        var events = new ArrayBufferWriter<byte>();
        writer.WriteEnd(terminator, events);
        return Split(events.WrittenMemory);
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> events)
    {
        List<ReadOnlyMemory<byte>> payloads = [];
        while (!events.IsEmpty)
        {
            var end = events.Span.IndexOf((byte)'\n');
            var line = end < 0 ? events : events[..end];
            events = end < 0 ? default : events[(end + 1)..];
            if (!line.Span.StartsWith(Field))
            {
                continue;
            }

            line = line[Field.Length..].Trim((byte)' ');
            if (!line.Span.SequenceEqual(Done))
            {
                payloads.Add(line);
            }
        }

        return payloads;
    }
}
