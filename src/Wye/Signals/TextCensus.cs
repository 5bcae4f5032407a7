using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wye.Signals;

/// <summary>Counts over UTF-8 text in one vectorised pass, 32 bytes at a time; only non-ASCII letters are looked at one by one.</summary>
internal struct TextCensus
{
    private ScriptCounts _scripts;

    public int Bytes { get; private set; }

    public int Runes { get; private set; }

    public int Words { get; private set; }

    public int Questions { get; private set; }

    public int ListItems { get; private set; }

    public int Semicolons { get; private set; }

    public int Braces { get; private set; }

    public int Digits { get; private set; }

    public int Carets { get; private set; }

    public int MathSymbols { get; private set; }

    /// <summary>Estimated tokens × <see cref="ScriptWeights.UnitsPerToken"/>.</summary>
    public long TokenUnits { get; private set; }

    /// <summary>Counts the token units only.</summary>
    public void AddLength(ReadOnlySpan<byte> text)
    {
        Bytes += text.Length;
        var ascii = 0;
        while (!text.IsEmpty)
        {
            var next = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0)
            {
                ascii += text.Length;
                break;
            }

            ascii += next;
            if (text[next] >= 0xC0)
            {
                CountRune(text[next], next + 1 < text.Length ? text[next + 1] : (byte)0);
            }

            text = text[(next + 1)..];
        }

        TokenUnits += (long)ascii * ScriptWeights.AsciiByte;
    }

    /// <summary>Counts everything.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        Bytes += text.Length;
        var wordBefore = false;
        var ascii = 0;
        if (!text.IsEmpty)
        {
            CountListItem(text);
        }

        Span<byte> rest = stackalloc byte[Vector256<byte>.Count];
        for (var start = 0; start < text.Length; start += Vector256<byte>.Count)
        {
            Vector256<byte> block;
            var length = Math.Min(Vector256<byte>.Count, text.Length - start);
            if (length == Vector256<byte>.Count)
            {
                block = Vector256.Create(text.Slice(start, length));
            }
            else
            {
                rest.Fill((byte)' ');
                text[start..].CopyTo(rest);
                block = Vector256.Create((ReadOnlySpan<byte>)rest);
            }

            var spaces = Mask(Vector256.LessThanOrEqual(block, Vector256.Create((byte)' ')));
            var words = ~spaces;
            Words += BitOperations.PopCount(words & ~((words << 1) | (wordBefore ? 1u : 0u)));
            wordBefore = (words & 0x8000_0000) != 0;
            Questions += Count(block, '?');
            Semicolons += Count(block, ';');
            Braces += Count(block, '{');
            Carets += Count(block, '^');
            Digits += BitOperations.PopCount(
                Mask(Vector256.LessThanOrEqual(block - Vector256.Create((byte)'0'), Vector256.Create((byte)9)))
            );
            for (
                var lines = Mask(Vector256.Equals(block, Vector256.Create((byte)'\n')));
                lines != 0;
                lines &= lines - 1
            )
            {
                CountListItem(text[(start + BitOperations.TrailingZeroCount(lines) + 1)..]);
            }

            var high = block.ExtractMostSignificantBits();
            ascii += length - BitOperations.PopCount(high);
            if (high != 0)
            {
                var leads = Mask(Vector256.GreaterThanOrEqual(block, Vector256.Create((byte)0xC0)));
                for (; leads != 0; leads &= leads - 1)
                {
                    var at = start + BitOperations.TrailingZeroCount(leads);
                    CountRune(text[at], at + 1 < text.Length ? text[at + 1] : (byte)0);
                }
            }
        }

        Runes += ascii;
        TokenUnits += (long)ascii * ScriptWeights.AsciiByte;
    }

    /// <summary>The script with the most letters; Latin when ASCII text outweighs it.</summary>
    public readonly TextScript DominantScript()
    {
        var best = TextScript.Latin;
        var bestCount = 0;
        var foreign = 0;
        for (var script = (int)TextScript.Cyrillic; script <= (int)TextScript.Other; script++)
        {
            foreign += _scripts[script];
            if (_scripts[script] > bestCount)
            {
                best = (TextScript)script;
                bestCount = _scripts[script];
            }
        }

        // Foreign letters among Latin names, code and digits: a third is enough to call the text foreign.
        return bestCount > 0 && foreign * 3 >= Runes - foreign ? best : TextScript.Latin;
    }

    private void CountRune(byte lead, byte second)
    {
        Runes++;
        var script = ScriptWeights.ScriptOf(lead, second);
        TokenUnits += ScriptWeights.UnitsOf(lead, script);
        if (script >= 0)
        {
            _scripts[script]++;
        }
        else if (lead == 0xE2 && second is 0x88 or 0x89 or 0x8A or 0x8B || lead == 0xF0 && second == 0x9D)
        {
            // Mathematical operators (U+2200–22FF) and mathematical letters (U+1D400–1D7FF).
            MathSymbols++;
        }
    }

    private void CountListItem(ReadOnlySpan<byte> line)
    {
        var indent = 0;
        while (indent < 8 && indent < line.Length && line[indent] is (byte)' ' or (byte)'\t')
        {
            indent++;
        }

        line = line[indent..];
        if (line.Length >= 2 && line[0] is (byte)'-' or (byte)'*' or (byte)'+' && line[1] == (byte)' ')
        {
            ListItems++;
            return;
        }

        var digits = 0;
        while (digits < 3 && digits < line.Length && char.IsAsciiDigit((char)line[digits]))
        {
            digits++;
        }

        var numbered =
            digits > 0
            && line.Length > digits + 1
            && line[digits] is (byte)'.' or (byte)')'
            && line[digits + 1] == (byte)' ';
        if (numbered || line.StartsWith("\u2022"u8))
        {
            ListItems++;
        }
    }

    private static uint Mask(Vector256<byte> matches) => matches.ExtractMostSignificantBits();

    private static int Count(Vector256<byte> block, char letter) =>
        BitOperations.PopCount(Mask(Vector256.Equals(block, Vector256.Create((byte)letter))));

    [InlineArray((int)TextScript.Other + 1)]
    private struct ScriptCounts
    {
        private int _count;
    }
}
