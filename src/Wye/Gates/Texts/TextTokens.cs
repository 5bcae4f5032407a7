namespace Wye.Gates.Texts;

/// <summary>Cuts a text into numbers, words, operators and boundaries. Reusable; used by one flow at a time.</summary>
internal sealed class TextTokens
{
    private const int MostTokens = 8_192;

    private readonly List<TextToken> _tokens = new(capacity: 256);

    /// <summary>The tokens, in order.</summary>
    public ReadOnlySpan<TextToken> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);

    /// <summary>Whether the text had more tokens than are looked at.</summary>
    public bool Cut { get; private set; }

    /// <summary>Reads a text; what was read before is gone.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        _tokens.Clear();
        Cut = false;
        var at = 0;
        while (at < text.Length)
        {
            if (_tokens.Count == MostTokens)
            {
                Cut = true;
                return;
            }

            // Most of what is between tokens.
            at = text[at] == ' ' ? at + 1 : Next(text, at);
        }
    }

    private int Next(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at);
        }

        if (char.IsLetter(c))
        {
            return Word(text, at);
        }

        if (c is ' ' or '\t' or '\r' or '$' or '€' or '£' or '\u00a0')
        {
            return at + 1;
        }

        switch (c)
        {
            case '\n':
                return Add(TextTokenKind.Line, at, 1);
            case '(':
            case '[':
            case '{':
                return Add(TextTokenKind.Open, at, 1);
            case ')':
            case ']':
            case '}':
                return Add(TextTokenKind.Close, at, 1);
            case '=':
            case '≈':
                return Add(TextTokenKind.Equals, at, 1);
            case '#' when text[at..].StartsWith("####", StringComparison.Ordinal):
                return Add(TextTokenKind.Marker, at, 4);
            case '\\':
                return Command(text, at);
            case '*' when at + 1 < text.Length && text[at + 1] == '*':
                // Bold type, not a power.
                return at + 2;
            case '+' or '-' or '−' or '–' or '*' or '×' or '·' or '/' or '÷':
                _tokens.Add(new TextToken(TextTokenKind.Operator, at, 1) { Sign = SignOf(c) });
                return at + 1;
            default:
                return Add(TextTokenKind.Other, at, 1);
        }
    }

    private int Add(TextTokenKind kind, int at, int length)
    {
        _tokens.Add(new TextToken(kind, at, length));
        return at + length;
    }

    private int Number(ReadOnlySpan<char> text, int start)
    {
        var (at, value, scale, decimals) = (start, 0d, 1d, 0);
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                value = (value * 10) + (c - '0');
            }
            else if (c != ',' || !IsThousands(text, at))
            {
                break;
            }

            at++;
        }

        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                scale /= 10;
                value += (text[at] - '0') * scale;
                decimals++;
                at++;
            }
        }

        var percent = at < text.Length && text[at] == '%';
        _tokens.Add(
            new TextToken(TextTokenKind.Number, start, at - start, percent ? value / 100 : value)
            {
                Decimals = (byte)Math.Min(decimals, 255),
                Percent = percent,
            }
        );
        return percent ? at + 1 : at;
    }

    private static bool IsThousands(ReadOnlySpan<char> text, int comma)
    {
        var digits = 0;
        while (comma + 1 + digits < text.Length && char.IsAsciiDigit(text[comma + 1 + digits]))
        {
            digits++;
        }

        return digits == 3;
    }

    private int Word(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        while (at < text.Length && (char.IsLetter(text[at]) || IsInner(text, at)))
        {
            at++;
        }

        if (at - start == 1 && text[start] is 'x' or 'X' && IsFactor() && StartsFactor(text, at))
        {
            _tokens.Add(new TextToken(TextTokenKind.Operator, start, 1) { Sign = '*' });
            return at;
        }

        return Add(TextTokenKind.Word, start, at - start);
    }

    private static bool IsInner(ReadOnlySpan<char> text, int at) =>
        text[at] is '\'' or '’' or '-' && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    private bool IsFactor() =>
        _tokens.Count > 0 && _tokens[^1].Kind is TextTokenKind.Number or TextTokenKind.Close or TextTokenKind.Word;

    private static bool StartsFactor(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '$' or '(')
        {
            at++;
        }

        return at < text.Length && char.IsAsciiDigit(text[at]);
    }

    private int Command(ReadOnlySpan<char> text, int at)
    {
        var rest = text[(at + 1)..];
        if (rest.StartsWith("boxed", StringComparison.Ordinal))
        {
            return Add(TextTokenKind.Marker, at, 6);
        }

        foreach (var (name, sign) in (ReadOnlySpan<(string, char)>)[("times", '*'), ("cdot", '*'), ("div", '/')])
        {
            if (rest.StartsWith(name, StringComparison.Ordinal))
            {
                _tokens.Add(new TextToken(TextTokenKind.Operator, at, 1 + name.Length) { Sign = sign });
                return at + 1 + name.Length;
            }
        }

        return Add(TextTokenKind.Other, at, 1);
    }

    private static char SignOf(char c) =>
        c switch
        {
            '−' or '–' => '-',
            '×' or '·' => '*',
            '÷' => '/',
            _ => c,
        };
}
