using System.Globalization;

namespace Wye.Routing.Selection;

/// <summary>Writes one line into a buffer on the stack; what does not fit is cut.</summary>
internal ref struct LineBuilder(Span<char> buffer)
{
    private readonly Span<char> _buffer = buffer;
    private int _length;

    public void Add(ReadOnlySpan<char> text)
    {
        var fitting = text[..Math.Min(text.Length, _buffer.Length - _length)];
        fitting.CopyTo(_buffer[_length..]);
        _length += fitting.Length;
    }

    /// <summary>Two decimals, invariant.</summary>
    public void Add(double value)
    {
        if (value.TryFormat(_buffer[_length..], out var written, "0.00", CultureInfo.InvariantCulture))
        {
            _length += written;
        }
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
    public void AddDollars(double value)
    {
        if (value.TryFormat(_buffer[_length..], out var written, "0.0000##", CultureInfo.InvariantCulture))
        {
            _length += written;
        }
    }

    public override readonly string ToString() => new(_buffer[.._length]);
}
