using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wye.Signals.Features;

/// <summary>A text as the features see it: ASCII letters small, every run of whitespace or control characters one space.</summary>
/// <remarks>Working memory, reused; at most <see cref="FeatureVector.MostText"/> bytes. A space stands before the text and ends each part.</remarks>
internal sealed class FoldedText
{
    /// <summary>Spaces before the text, so that what stands before a byte can be read without asking whether there is any.</summary>
    public const int Margin = 8;

    // Blocks are written whole, beyond what is kept of them.
    private readonly byte[] _bytes = new byte[Margin + FeatureVector.MostText + Vector256<byte>.Count];

    public FoldedText() => _bytes.AsSpan(0, Margin).Fill((byte)' ');

    /// <summary>Bytes of all parts.</summary>
    public int Length { get; private set; }

    /// <summary>The margin, then the text.</summary>
    public Span<byte> WithMargin => _bytes.AsSpan(0, Margin + Length);

    /// <summary>Forgets what was read; a prompt must not stay in working memory.</summary>
    public void Clear()
    {
        _bytes.AsSpan(Margin, Length).Clear();
        Length = 0;
    }

    /// <summary>Adds a part and the space that ends it; spaces at its start are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> text)
    {
        Span<byte> to = _bytes.AsSpan(Margin + Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length + text.Length + 1, FeatureVector.MostText, nameof(text));
        int at = 0;
        bool space = true;
        int i = 0;
        for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            Vector256<byte> block = Fold(Vector256.Create(text[i..]));
            uint spaces = Vector256.Equals(block, Vector256.Create((byte)' ')).ExtractMostSignificantBits();
            if ((spaces & ((spaces << 1) | (space ? 1u : 0))) == 0)
            {
                block.CopyTo(to[at..]);
                at += Vector256<byte>.Count;
                space = spaces >> 31 != 0;
            }
            else
            {
                for (int j = 0; j < Vector256<byte>.Count; j++)
                    Append(Fold(text[i + j]), to, ref at, ref space);
            }
        }

        for (; i < text.Length; i++)
            Append(Fold(text[i]), to, ref at, ref space);
        to[at++] = (byte)' ';
        Length += at;
    }

    /// <summary>Makes every digit a nought: for characters only the length of a number counts.</summary>
    public void LevelDigits()
    {
        Span<byte> text = WithMargin;
        int i = 0;
        for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var block = Vector256.Create<byte>(text[i..]);
            Vector256<byte> digits = Vector256.LessThan(
                block - Vector256.Create((byte)'0'),
                Vector256.Create((byte)10)
            );
            Vector256.ConditionalSelect(digits, Vector256.Create((byte)'0'), block).CopyTo(text[i..]);
        }

        for (; i < text.Length; i++)
        {
            if (char.IsAsciiDigit((char)text[i]))
                text[i] = (byte)'0';
        }
    }

    /// <summary>Bytes outside ASCII.</summary>
    public int NonAscii()
    {
        ReadOnlySpan<byte> text = WithMargin;
        int count = 0;
        int i = 0;
        for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            count += BitOperations.PopCount(Vector256.Create(text[i..]).ExtractMostSignificantBits());
        for (; i < text.Length; i++)
            count += text[i] >> 7;
        return count;
    }

    private static void Append(byte c, Span<byte> to, ref int at, ref bool space)
    {
        if (c == ' ' && space)
            return;
        space = c == ' ';
        to[at++] = c;
    }

    private static byte Fold(byte c) =>
        c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20)
        : c <= ' ' ? (byte)' '
        : c;

    private static Vector256<byte> Fold(Vector256<byte> block)
    {
        Vector256<byte> capitals = Vector256.LessThan(block - Vector256.Create((byte)'A'), Vector256.Create((byte)26));
        return Vector256.Max(block | (capitals & Vector256.Create((byte)0x20)), Vector256.Create((byte)' '));
    }
}
