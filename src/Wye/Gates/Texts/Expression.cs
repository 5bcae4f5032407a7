namespace Wye.Gates.Texts;

/// <summary>Computes a row of numbers, operators and brackets.</summary>
internal static class Expression
{
    private const int DeepestBrackets = 32;

    /// <summary>The value; null = it is no expression.</summary>
    public static double? Value(ReadOnlySpan<TextToken> tokens)
    {
        var at = 0;
        var value = Sum(tokens, ref at, 0);
        return at == tokens.Length ? value : null;
    }

    private static double? Sum(ReadOnlySpan<TextToken> tokens, ref int at, int depth)
    {
        var sum = Product(tokens, ref at, depth);
        while (
            sum is not null
            && at < tokens.Length
            && tokens[at] is { Kind: TextTokenKind.Operator, Sign: '+' or '-' } sign
        )
        {
            at++;
            var next = Product(tokens, ref at, depth);
            sum = sign.Sign == '+' ? sum + next : sum - next;
        }

        return sum;
    }

    private static double? Product(ReadOnlySpan<TextToken> tokens, ref int at, int depth)
    {
        var product = Factor(tokens, ref at, depth);
        while (
            product is not null
            && at < tokens.Length
            && tokens[at] is { Kind: TextTokenKind.Operator, Sign: '*' or '/' } sign
        )
        {
            at++;
            var next = Factor(tokens, ref at, depth);
            product = sign.Sign == '*' ? product * next : product / next;
        }

        return product;
    }

    private static double? Factor(ReadOnlySpan<TextToken> tokens, ref int at, int depth)
    {
        if (at >= tokens.Length || depth > DeepestBrackets)
        {
            return null;
        }

        var token = tokens[at++];
        switch (token.Kind)
        {
            case TextTokenKind.Number:
                return token.Value;
            case TextTokenKind.Operator when token.Sign == '-':
                return -Factor(tokens, ref at, depth + 1);
            case TextTokenKind.Open:
                var inner = Sum(tokens, ref at, depth + 1);
                return at < tokens.Length && tokens[at++].Kind == TextTokenKind.Close ? inner : null;
            default:
                return null;
        }
    }
}
