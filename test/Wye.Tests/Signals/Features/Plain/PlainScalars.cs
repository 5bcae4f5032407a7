namespace Wye.Signals.Features.Plain;

/// <summary>Counts what the scalar features need while a text is read.</summary>
internal struct PlainScalars
{
    private const uint Seed = 0x9E3779B9;
    private static readonly uint[] s_negations = Hashes(
        "not,except,never,false,incorrect,least,cannot,no,neither,nor,without,isn,doesn,t"
    );
    private static readonly uint[] s_quantifiers = Hashes(
        "all,both,only,each,every,twice,half,more,less,than,most,times,always,total,per"
    );

    private int _bytes,
        _words,
        _wordBytes,
        _longWords,
        _numbers,
        _longestNumber,
        _decimals,
        _operators,
        _tex,
        _code;
    private int _fences,
        _questions,
        _sentences,
        _commas,
        _colons,
        _quotes,
        _percent,
        _nonAscii,
        _negations,
        _quantifiers;
    private int _blanks,
        _underscores,
        _distinct;
    private int _choices,
        _stem,
        _choiceStart,
        _choiceSum,
        _choiceMin,
        _choiceMax,
        _numericChoices;
    private bool _awaitChoiceText;
    private byte _a,
        _b,
        _c;
    private UInt128 _seenLow,
        _seenHigh;

    /// <summary>A word or number has ended.</summary>
    public void Word(int length, int digits, uint hash)
    {
        _words++;
        _wordBytes += length;
        if (digits > 0)
        {
            _numbers++;
            _longestNumber = Math.Max(_longestNumber, digits);
            return;
        }

        if (length >= 9)
            _longWords++;
        if (Array.IndexOf(s_negations, hash) >= 0)
            _negations++;
        if (Array.IndexOf(s_quantifiers, hash) >= 0)
            _quantifiers++;
        // Linear counting over 256 bits is enough to tell a repetitive text from a varied one.
        ref UInt128 half = ref (hash & 0x80) == 0 ? ref _seenLow : ref _seenHigh;
        UInt128 bit = UInt128.One << (int)(hash & 0x7F);
        if ((half & bit) == UInt128.Zero)
        {
            half |= bit;
            _distinct++;
        }
    }

    /// <summary>Takes the next byte of the user text, lower-cased and with whitespace runs collapsed.</summary>
    public void Next(byte c)
    {
        _bytes++;
        if (_awaitChoiceText && c != ' ')
        {
            _awaitChoiceText = false;
            if (c is (>= (byte)'0' and <= (byte)'9') or (byte)'$' or (byte)'-' or (byte)'+')
                _numericChoices++;
        }

        Sign(c);
        // A choice reads " a. " or "(a) " with the letter that comes next in order.
        bool letter = _b == 'a' + _choices && _choices < 10;
        bool framed = _c is (byte)'.' or (byte)')' && _a is (byte)' ' or (byte)'(' or 0;
        if (c == ' ' && letter && framed)
            Choice();
        (_a, _b, _c) = (_b, _c, c);
    }

    private void Sign(byte c)
    {
        if (c == '_')
        {
            if (++_underscores == 3)
                _blanks++;
        }
        else
        {
            _underscores = 0;
        }

        switch (c)
        {
            case (byte)'+' or (byte)'*' or (byte)'/' or (byte)'=' or (byte)'^' or (byte)'<' or (byte)'>':
                _operators++;
                break;
            case (byte)'\\' or (byte)'$':
                _tex++;
                break;
            case (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)';' or (byte)'_':
                _code++;
                break;
            case (byte)'`':
                _fences++;
                break;
            case (byte)'?':
                _questions++;
                break;
            case (byte)':' or (byte)'|':
                _colons++;
                break;
            case (byte)'"':
                _quotes++;
                break;
            case (byte)'%':
                _percent++;
                break;
            case (byte)',':
                _commas++;
                break;
            case (byte)' ' when _c is (byte)'.' or (byte)'!':
                _sentences++;
                break;
            case >= (byte)'0' and <= (byte)'9' when _c is (byte)'.' or (byte)',' && _b is >= (byte)'0' and <= (byte)'9':
                _decimals++;
                break;
            case >= 0x80:
                _nonAscii++;
                break;
        }
    }

    private void Choice()
    {
        if (_choices == 0)
            _stem = _bytes;
        else
            CloseChoice();
        _choices++;
        _choiceStart = _bytes;
        _awaitChoiceText = true;
    }

    private void CloseChoice()
    {
        int length = Math.Max(0, _bytes - _choiceStart - 3);
        _choiceSum += length;
        _choiceMin = _choices == 1 ? length : Math.Min(_choiceMin, length);
        _choiceMax = Math.Max(_choiceMax, length);
    }

    public void Write(Span<float> to)
    {
        // A lone "a." is no list of choices.
        if (_choices == 1)
            _choices = 0;
        if (_choices > 0)
            CloseChoice();
        float words = Math.Max(1, _words);
        float bytes = Math.Max(1, _bytes);
        to[(int)ScalarFeature.Length] = Log(_bytes);
        to[(int)ScalarFeature.Words] = Log(_words);
        to[(int)ScalarFeature.WordLength] = Math.Min(16, _wordBytes / words);
        to[(int)ScalarFeature.LongWords] = _longWords / words;
        to[(int)ScalarFeature.Numbers] = Log(_numbers);
        to[(int)ScalarFeature.NumberLength] = Math.Min(12, _longestNumber);
        to[(int)ScalarFeature.NumberShare] = _numbers / words;
        to[(int)ScalarFeature.Decimals] = Log(_decimals);
        to[(int)ScalarFeature.Operators] = Log(_operators);
        to[(int)ScalarFeature.Tex] = Log(_tex);
        to[(int)ScalarFeature.Code] = Log(_code);
        to[(int)ScalarFeature.Fences] = Log(_fences);
        to[(int)ScalarFeature.Questions] = Log(_questions);
        to[(int)ScalarFeature.Sentences] = Log(_sentences);
        to[(int)ScalarFeature.Commas] = Log(_commas);
        to[(int)ScalarFeature.Colons] = Log(_colons);
        to[(int)ScalarFeature.Quotes] = Log(_quotes);
        to[(int)ScalarFeature.Percent] = Log(_percent);
        to[(int)ScalarFeature.NonAscii] = _nonAscii / bytes;
        to[(int)ScalarFeature.Negations] = Log(_negations);
        to[(int)ScalarFeature.Quantifiers] = Log(_quantifiers);
        to[(int)ScalarFeature.Blanks] = Log(_blanks);
        to[(int)ScalarFeature.Choices] = _choices;
        to[(int)ScalarFeature.StemLength] = Log(_choices > 0 ? _stem : _bytes);
        to[(int)ScalarFeature.ChoiceLength] = _choices > 0 ? Log(_choiceSum / (float)_choices) : 0;
        to[(int)ScalarFeature.ChoiceSpread] = _choices > 0 ? Log(_choiceMax - _choiceMin) : 0;
        to[(int)ScalarFeature.NumericChoices] = _choices > 0 ? _numericChoices / (float)_choices : 0;
        to[(int)ScalarFeature.Variety] = _distinct / words;
    }

    private static float Log(float n) => MathF.Log(1 + n);

    private static uint[] Hashes(string words)
    {
        string[] parts = words.Split(',');
        return Array.ConvertAll(parts, static w => WordReader.HashOf(System.Text.Encoding.UTF8.GetBytes(w), Seed));
    }
}
