using System.Text;

namespace Wye.Gates;

/// <summary>Decoded text that is reused. At most 256 Ki characters are looked at.</summary>
internal sealed class CharBuffer
{
    private const int MostBytes = 1 << 18;

    private char[] _chars = new char[4096];
    private int _length;

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    /// <summary>Empties it.</summary>
    public void Clear() => _length = 0;

    /// <summary>Decodes a text in place of the one before.</summary>
    public void Decode(ReadOnlySpan<byte> utf8)
    {
        _length = 0;
        Append(utf8);
    }

    /// <summary>Adds a text.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8[..Math.Min(utf8.Length, MostBytes - Math.Min(MostBytes, _length))];
        if (_length + utf8.Length > _chars.Length)
        {
            Array.Resize(ref _chars, Math.Max(_length + utf8.Length, _chars.Length * 2));
        }

        _length += Encoding.UTF8.GetChars(utf8, _chars.AsSpan(_length));
    }

    /// <summary>Takes a text that is decoded already.</summary>
    public void Set(string text)
    {
        if (text.Length > _chars.Length)
        {
            _chars = new char[text.Length];
        }

        text.CopyTo(_chars);
        _length = text.Length;
    }
}
