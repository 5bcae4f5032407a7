using System.Buffers;
using System.Text;

namespace Wye.Dialects.Sse;

/// <summary>Writes server-sent events.</summary>
internal static class SseWriter
{
    // For more room than this a writer that sends might rent a block of its own.
    private const int AtOnce = 2048;

    /// <summary>Writes one event.</summary>
    public static void WriteEvent(string? name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var size = "data: \n\n".Length + data.Length;
        if (name is null && size <= AtOnce && !data.Contains((byte)'\n'))
        {
            // Most events. A writer that sends takes a lock whenever it is asked.
            var span = output.GetSpan(size);
            "data: "u8.CopyTo(span);
            data.CopyTo(span["data: ".Length..]);
            "\n\n"u8.CopyTo(span[(size - 2)..]);
            output.Advance(size);
            return;
        }

        if (name is not null)
        {
            output.Write("event: "u8);
            Encoding.UTF8.GetBytes(name, output);
            output.Write("\n"u8);
        }

        // A payload that came in several lines leaves in several lines.
        while (true)
        {
            var end = data.IndexOf((byte)'\n');
            output.Write("data: "u8);
            output.Write(end < 0 ? data : data[..end]);
            output.Write("\n"u8);
            if (end < 0)
            {
                break;
            }

            data = data[(end + 1)..];
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes a comment, which clients ignore; line breaks in it become blanks.</summary>
    public static void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write(": "u8);
        var span = output.GetSpan(text.Length + 2);
        text.CopyTo(span);
        span[..text.Length].Replace((byte)'\n', (byte)' ');
        span[..text.Length].Replace((byte)'\r', (byte)' ');
        span[text.Length] = (byte)'\n';
        span[text.Length + 1] = (byte)'\n';
        output.Advance(text.Length + 2);
    }
}
