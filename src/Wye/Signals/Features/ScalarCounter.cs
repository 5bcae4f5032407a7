using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wye.Signals.Features;

/// <summary>Counts what the scalar features need while a text is read.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ScalarCounter
{
    private const uint Seed = 0x9E3779B9;
    private static readonly uint[] s_negations = Hashes(
        "not,except,never,false,incorrect,least,cannot,no,neither,nor,without,isn,doesn,t"
    );
    private static readonly uint[] s_quantifiers = Hashes(
        "all,both,only,each,every,twice,half,more,less,than,most,times,always,total,per"
    );

    // Most words are in neither list: a bit per hash says so without a search.
    private const int ListedBits = 4096;
    private static readonly ulong[] s_listed = Listed();
    private static readonly byte[] s_marks = [.. Enumerable.Range(0, 128).Select(c => (byte)MarkOf((byte)c))];

    private int _words,
        _wordBytes,
        _longWords,
        _numbers,
        _longestNumber,
        _decimals,
        _sentences,
        _negations,
        _quantifiers,
        _blanks,
        _distinct;
    private int _choices,
        _stem,
        _choiceStart,
        _choiceSum,
        _choiceMin,
        _choiceMax,
        _numericChoices;
    private MarkCounts _marks;
    private SeenWords _seen;

    private enum Mark
    {
        None,
        Operator,
        Tex,
        Code,
        Fence,
        Question,
        Colon,
        Quote,
        Percent,
        Comma,
        Count,
    }

    /// <summary>A word has ended.</summary>
    public void Word(int length, uint hash)
    {
        _words++;
        _wordBytes += length;
        _longWords += length >= 9 ? 1 : 0;
        if ((s_listed[(hash % ListedBits) >> 6] >> (int)(hash & 63) & 1) != 0)
        {
            _negations += s_negations.Contains(hash) ? 1 : 0;
            _quantifiers += s_quantifiers.Contains(hash) ? 1 : 0;
        }

        // Linear counting over 256 bits is enough to tell a repetitive text from a varied one.
        ref ulong seen = ref _seen[(int)(hash >> 6) & 3];
        ulong bit = 1UL << (int)(hash & 63);
        _distinct += (seen & bit) == 0 ? 1 : 0;
        seen |= bit;
    }

    /// <summary>A number has ended.</summary>
    /// <param name="text">The folded text with its margin.</param>
    /// <param name="start">Where the number starts.</param>
    /// <param name="digits">Its length.</param>
    public void Number(ReadOnlySpan<byte> text, int start, int digits)
    {
        _words++;
        _wordBytes += digits;
        _numbers++;
        _longestNumber = Math.Max(_longestNumber, digits);
        if (text[start - 1] is (byte)'.' or (byte)',' && char.IsAsciiDigit((char)text[start - 2]))
            _decimals++;
    }

    /// <summary>Takes a byte that is neither letter nor digit.</summary>
    public void Sign(ReadOnlySpan<byte> text, int at)
    {
        byte c = text[at];
        byte before = text[at - 1];
        if (c == ' ')
        {
            _sentences += before is (byte)'.' or (byte)'!' ? 1 : 0;
            if (before is (byte)'.' or (byte)')')
                MaybeChoice(text, at);
            return;
        }

        _marks[s_marks[c]]++;
        // The third of a run makes a blank to fill.
        if (c == '_' && before == '_' && text[at - 2] == '_' && text[at - 3] != '_')
            _blanks++;
    }

    // A choice reads " a. " or "(a) " with the letter that comes next in order.
    private void MaybeChoice(ReadOnlySpan<byte> text, int at)
    {
        if (text[at - 2] != 'a' + _choices || _choices >= 10 || text[at - 3] is not ((byte)' ' or (byte)'('))
            return;
        int taken = at + 1 - FoldedText.Margin;
        if (_choices == 0)
            _stem = taken;
        else
            CloseChoice(taken);
        _choices++;
        _choiceStart = taken;
        ReadOnlySpan<byte> choice = text[at..].TrimStart((byte)' ');
        if (!choice.IsEmpty && (char.IsAsciiDigit((char)choice[0]) || choice[0] is (byte)'$' or (byte)'-' or (byte)'+'))
            _numericChoices++;
    }

    private void CloseChoice(int taken)
    {
        int length = Math.Max(0, taken - _choiceStart - 3);
        _choiceSum += length;
        _choiceMin = _choices == 1 ? length : Math.Min(_choiceMin, length);
        _choiceMax = Math.Max(_choiceMax, length);
    }

    /// <summary>Writes the features of the user text that was read.</summary>
    public void Write(FoldedText text, Span<float> to)
    {
        // A lone "a." is no list of choices.
        if (_choices == 1)
            _choices = 0;
        if (_choices > 0)
            CloseChoice(text.Length);
        float words = Math.Max(1, _words);
        float bytes = Math.Max(1, text.Length);
        to[(int)ScalarFeature.Length] = Log(text.Length);
        to[(int)ScalarFeature.Words] = Log(_words);
        to[(int)ScalarFeature.WordLength] = Math.Min(16, _wordBytes / words);
        to[(int)ScalarFeature.LongWords] = _longWords / words;
        to[(int)ScalarFeature.Numbers] = Log(_numbers);
        to[(int)ScalarFeature.NumberLength] = Math.Min(12, _longestNumber);
        to[(int)ScalarFeature.NumberShare] = _numbers / words;
        to[(int)ScalarFeature.Decimals] = Log(_decimals);
        to[(int)ScalarFeature.Operators] = Log(_marks[(int)Mark.Operator]);
        to[(int)ScalarFeature.Tex] = Log(_marks[(int)Mark.Tex]);
        to[(int)ScalarFeature.Code] = Log(_marks[(int)Mark.Code]);
        to[(int)ScalarFeature.Fences] = Log(_marks[(int)Mark.Fence]);
        to[(int)ScalarFeature.Questions] = Log(_marks[(int)Mark.Question]);
        to[(int)ScalarFeature.Sentences] = Log(_sentences);
        to[(int)ScalarFeature.Commas] = Log(_marks[(int)Mark.Comma]);
        to[(int)ScalarFeature.Colons] = Log(_marks[(int)Mark.Colon]);
        to[(int)ScalarFeature.Quotes] = Log(_marks[(int)Mark.Quote]);
        to[(int)ScalarFeature.Percent] = Log(_marks[(int)Mark.Percent]);
        to[(int)ScalarFeature.NonAscii] = text.NonAscii() / bytes;
        to[(int)ScalarFeature.Negations] = Log(_negations);
        to[(int)ScalarFeature.Quantifiers] = Log(_quantifiers);
        to[(int)ScalarFeature.Blanks] = Log(_blanks);
        to[(int)ScalarFeature.Choices] = _choices;
        to[(int)ScalarFeature.StemLength] = Log(_choices > 0 ? _stem : text.Length);
        to[(int)ScalarFeature.ChoiceLength] = _choices > 0 ? Log(_choiceSum / (float)_choices) : 0;
        to[(int)ScalarFeature.ChoiceSpread] = _choices > 0 ? Log(_choiceMax - _choiceMin) : 0;
        to[(int)ScalarFeature.NumericChoices] = _choices > 0 ? _numericChoices / (float)_choices : 0;
        to[(int)ScalarFeature.Variety] = _distinct / words;
    }

    private static float Log(float n) => MathF.Log(1 + n);

    private static Mark MarkOf(byte c) =>
        c switch
        {
            (byte)'+' or (byte)'*' or (byte)'/' or (byte)'=' or (byte)'^' or (byte)'<' or (byte)'>' => Mark.Operator,
            (byte)'\\' or (byte)'$' => Mark.Tex,
            (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)';' or (byte)'_' => Mark.Code,
            (byte)'`' => Mark.Fence,
            (byte)'?' => Mark.Question,
            (byte)':' or (byte)'|' => Mark.Colon,
            (byte)'"' => Mark.Quote,
            (byte)'%' => Mark.Percent,
            (byte)',' => Mark.Comma,
            _ => Mark.None,
        };

    private static uint[] Hashes(string words)
    {
        string[] parts = words.Split(',');
        return Array.ConvertAll(parts, static w => WordReader.HashOf(System.Text.Encoding.UTF8.GetBytes(w), Seed));
    }

    private static ulong[] Listed()
    {
        ulong[] bits = new ulong[ListedBits / 64];
        foreach (uint hash in s_negations.Concat(s_quantifiers))
            bits[(hash % ListedBits) >> 6] |= 1UL << (int)(hash & 63);
        return bits;
    }

    [InlineArray((int)Mark.Count)]
    private struct MarkCounts
    {
        private int _first;
    }

    [InlineArray(4)]
    private struct SeenWords
    {
        private ulong _first;
    }
}
