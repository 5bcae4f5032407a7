namespace Wye.Gates.Texts;

/// <summary>Reads lettered choices: <c>A) …</c>, <c>(B) …</c>, <c>C. …</c>.</summary>
internal static class Choices
{
    /// <summary>The last letter of a row that begins with A at line starts; NUL = there is no such row.</summary>
    public static char LastLetterOf(ReadOnlySpan<char> question)
    {
        var next = 'A';
        foreach (var line in question.EnumerateLines())
        {
            var text = line.TrimStart(" \t(");
            if (text.Length > 1 && text[0] == next && text[1] is ')' or '.' or ':')
            {
                next++;
            }
        }

        return next > 'B' ? (char)(next - 1) : '\0';
    }

    /// <summary>The letter an answer gives; NUL = none, or more than one.</summary>
    public static char LetterOf(ReadOnlySpan<char> answer)
    {
        var found = '\0';
        for (var i = 0; i < answer.Length; i++)
        {
            var alone =
                (i == 0 || !char.IsLetterOrDigit(answer[i - 1]))
                && (
                    i + 1 == answer.Length
                    || !char.IsLetterOrDigit(answer[i + 1]) && answer[i + 1] is not '\'' and not '’'
                );
            if (!alone || answer[i] is < 'A' or > 'Z' || (answer[i] is 'A' or 'I' && IsWord(answer, i)))
            {
                continue;
            }

            if (found != '\0' && found != answer[i])
            {
                return '\0';
            }

            found = answer[i];
        }

        return found;
    }

    // "A plant" is an article, "A" and "A)" are a choice.
    private static bool IsWord(ReadOnlySpan<char> text, int at) =>
        at + 2 < text.Length
        && text[at + 1] == ' '
        && char.IsLower(text[at + 2])
        && !text[(at + 2)..].StartsWith("or ", StringComparison.Ordinal)
        && !text[(at + 2)..].StartsWith("and ", StringComparison.Ordinal);
}
