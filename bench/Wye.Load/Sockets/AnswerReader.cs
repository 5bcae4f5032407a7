using System.Globalization;
using System.Text;

namespace Wye.Load.Sockets;

/// <summary>Reads the answers that come one after another on an HTTP/1.1 connection, however they are split.</summary>
internal sealed class AnswerReader
{
    private readonly List<byte> _line = new(1024);
    private Part _part = Part.Head;
    private long _left;

    private enum Part
    {
        Head,
        Size,
        Data,
        DataEnd,
        Trailer,
        Counted,
    }

    /// <summary>Status of the answer that is read; 0 before its head is whole.</summary>
    public int Status { get; private set; }

    /// <summary>Takes what came next. What follows the end of the answer is passed over: requests are not pipelined.</summary>
    /// <param name="bytes">As received.</param>
    /// <param name="body">Called with each piece of the body.</param>
    /// <returns>Whether the answer ended.</returns>
    /// <exception cref="FormatException">No HTTP, or a body that is neither counted nor in chunks.</exception>
    public bool Read(ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> body)
    {
        while (bytes.Length > 0)
        {
            switch (_part)
            {
                case Part.Head:
                case Part.Size:
                case Part.DataEnd:
                case Part.Trailer:
                    var end = bytes.IndexOf((byte)'\n');
                    _line.AddRange(end < 0 ? bytes : bytes[..(end + 1)]);
                    bytes = end < 0 ? [] : bytes[(end + 1)..];
                    if (end >= 0 && Line())
                    {
                        return true;
                    }

                    break;

                default:
                    var piece = bytes[..(int)Math.Min(_left, bytes.Length)];
                    body(piece);
                    bytes = bytes[piece.Length..];
                    _left -= piece.Length;
                    if (_left == 0 && Next(_part == Part.Data ? Part.DataEnd : Part.Head))
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Forgets an answer that did not end.</summary>
    public void Reset()
    {
        _line.Clear();
        (_part, Status) = (Part.Head, 0);
    }

    /// <summary>The value of a header field of a head that is whole.</summary>
    public static string? Field(string head, string name)
    {
        var from = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (from < 0)
        {
            return null;
        }

        from += name.Length + 3;
        return head[from..head.IndexOf('\r', from)].Trim();
    }

    /// <summary>A line is whole; a head's are gathered until the empty one.</summary>
    private bool Line()
    {
        var text = Encoding.ASCII.GetString([.. _line]);
        if (_part == Part.Head && !text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            return false;
        }

        _line.Clear();
        switch (_part)
        {
            case Part.Head:
                return Begin(text);
            case Part.Size:
                var size = text.AsSpan(0, text.AsSpan().IndexOfAny("\r;"));
                _left = long.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                return Next(_left > 0 ? Part.Data : Part.Trailer);
            case Part.DataEnd:
                return Next(Part.Size);
            default:
                return Next(text == "\r\n" ? Part.Head : Part.Trailer);
        }
    }

    private bool Begin(string head)
    {
        Status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (string.Equals(Field(head, "transfer-encoding"), "chunked", StringComparison.OrdinalIgnoreCase))
        {
            return Next(Part.Size);
        }

        _left = Field(head, "content-length") is { } length
            ? long.Parse(length, CultureInfo.InvariantCulture)
            : throw new FormatException("The answer has neither a length nor chunks.");
        return Next(_left > 0 ? Part.Counted : Part.Head);
    }

    private bool Next(Part part)
    {
        _part = part;
        return part == Part.Head;
    }
}
