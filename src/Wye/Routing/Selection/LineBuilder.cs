using System.Globalization;

namespace Wye.Routing.Selection;

/// <summary>Writes one line into a buffer on the stack; what does not fit is cut.</summary>
internal ref struct LineBuilder(Span<char> buffer)
{
    private readonly Span<char> _buffer = buffer;
    private int _length;

    public void Add(scoped ReadOnlySpan<char> text)
    {
        var fitting = text[..Math.Min(text.Length, _buffer.Length - _length)];
        fitting.CopyTo(_buffer[_length..]);
        _length += fitting.Length;
    }

    /// <summary>Two decimals, invariant.</summary>
    public void Add(double value)
    {
        // A format with decimals costs ten times as much.
        var hundredths = Math.Round(value * 100, MidpointRounding.AwayFromZero);
        if (!(Math.Abs(hundredths) <= int.MaxValue))
        {
            Format(value, "0.00");
            return;
        }

        var (whole, rest) = Math.DivRem((int)Math.Abs(hundredths), 100);
        Add(hundredths < 0 ? "-" : "");
        AddCount(whole);
        Add(['.', (char)('0' + (rest / 10)), (char)('0' + (rest % 10))]);
    }

    /// <summary>A whole number.</summary>
    public void AddCount(int value)
    {
        if (value.TryFormat(_buffer[_length..], out var written, default, CultureInfo.InvariantCulture))
        {
            _length += written;
        }
    }

    /// <summary>Six decimals at most, four at least.</summary>
    public void AddDollars(double value) => Format(value, "0.0000##");

    public override readonly string ToString() => new(_buffer[.._length]);

    private void Format(double value, string format)
    {
        if (value.TryFormat(_buffer[_length..], out var written, format, CultureInfo.InvariantCulture))
        {
            _length += written;
        }
    }
}
