namespace Wye.Load;

/// <summary>Finds the clock of the upstream (<see cref="PacedUpstream.Mark"/>) in what is read, however it is split.</summary>
/// <param name="found">Called with each clock, nanoseconds.</param>
internal sealed class MarkReader(Action<long> found)
{
    private int _matched;
    private long _value;

    /// <summary>Takes what came next.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        var mark = PacedUpstream.Mark;
        while (bytes.Length > 0)
        {
            if (_matched == 0)
            {
                var first = bytes.IndexOf(mark[0]);
                if (first < 0)
                {
                    return;
                }

                _matched = 1;
                bytes = bytes[(first + 1)..];
                continue;
            }

            var next = bytes[0];
            bytes = bytes[1..];
            if (_matched < mark.Length)
            {
                _matched =
                    next == mark[_matched] ? _matched + 1
                    : next == mark[0] ? 1
                    : 0;
                _value = 0;
            }
            else if (char.IsAsciiDigit((char)next))
            {
                _value = _value * 10 + (next - '0');
            }
            else
            {
                _matched = 0;
                found(_value);
            }
        }
    }
}
