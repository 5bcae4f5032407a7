namespace Wye.Gates.Texts;

/// <summary>Reads code lexically: strings and comments close, brackets pair, and indented blocks are there.</summary>
internal static class CodeLexer
{
    private const int DeepestBrackets = 256;

    /// <summary>Whether the code holds together.</summary>
    public static bool Holds(CodeSyntax syntax, ReadOnlySpan<char> code)
    {
        if (code.Trim().IsEmpty)
        {
            return false;
        }

        Span<char> open = stackalloc char[DeepestBrackets];
        var depth = 0;
        var at = 0;
        while (at < code.Length)
        {
            if (Skip(syntax, code, ref at) is { } closed)
            {
                if (!closed)
                {
                    return false;
                }

                continue;
            }

            var c = code[at++];
            if (c is '(' or '[' or '{')
            {
                if (depth == DeepestBrackets)
                {
                    return false;
                }

                open[depth++] = c;
            }
            else if (c is ')' or ']' or '}' && (depth == 0 || open[--depth] != Opening(c)))
            {
                return false;
            }
        }

        return depth == 0 && (!syntax.Indented || IndentedBlocks.Hold(code));
    }

    private static char Opening(char closing) =>
        closing switch
        {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };

    /// <summary>Passes a comment or a string; null = there is none here, false = it does not close.</summary>
    private static bool? Skip(CodeSyntax syntax, ReadOnlySpan<char> code, ref int at)
    {
        var rest = code[at..];
        if (syntax.LineComment is { } line && rest.StartsWith(line, StringComparison.Ordinal))
        {
            var end = rest.IndexOf('\n');
            at = end < 0 ? code.Length : at + end;
            return true;
        }

        if (syntax.BlockComment && rest.StartsWith("/*", StringComparison.Ordinal))
        {
            var end = rest[2..].IndexOf("*/", StringComparison.Ordinal);
            at = end < 0 ? code.Length : at + end + 4;
            return end >= 0;
        }

        return rest[0] is '"' or '\'' ? String(syntax, code, ref at) : null;
    }

    private static bool String(CodeSyntax syntax, ReadOnlySpan<char> code, ref int at)
    {
        var quote = code[at];
        var rest = code[at..];
        if (syntax.Triple && rest.Length > 2 && rest[1] == quote && rest[2] == quote)
        {
            ReadOnlySpan<char> three = [quote, quote, quote];
            var end = rest[3..].IndexOf(three);
            at = end < 0 ? code.Length : at + end + 6;
            return end >= 0;
        }

        var verbatim =
            quote == '"' && at > 0 && (code[at - 1] == '@' || (at > 1 && code[at - 1] == '$' && code[at - 2] == '@'));
        for (at++; at < code.Length; at++)
        {
            if (code[at] == '\\' && syntax.Escapes && !verbatim)
            {
                at++;
            }
            else if (code[at] == quote)
            {
                at++;
                return true;
            }
            else if (code[at] == '\n' && !syntax.StringsSpanLines && !verbatim)
            {
                return false;
            }
        }

        return false;
    }
}
