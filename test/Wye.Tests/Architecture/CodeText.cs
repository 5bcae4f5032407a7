using System.Text.RegularExpressions;

namespace Wye.Architecture;

/// <summary>Takes comments and literals out of C#, so that a rule never reads prose.</summary>
internal static partial class CodeText
{
    public static string Strip(string text) =>
        NotCode().Replace(text, static match => match.Value.StartsWith('/') ? new string('\n', Lines(match)) : "\"\"");

    private static int Lines(Match match) => match.Value.AsSpan().Count('\n');

    // In this order: raw strings before plain ones, strings before comments ("http://…" is no comment).
    [GeneratedRegex(
        """"
            \$*"{3,}[\s\S]*?"{3,}
            | (\$@|@\$|@)"([^"]|"")*"
            | \$?"(\\.|[^"\\\n])*"
            | '(\\.[^'\n]*|[^'\\\n])'
            | //[^\n]*
            | /\*[\s\S]*?\*/
            """",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex NotCode();
}
