using System.Text;

namespace Wye.Learning.Reading;

/// <summary>Reduces a question to the text that identifies it, so that one question in two sets is recognised.</summary>
/// <remarks>
/// Headings, instructions after the question, lettered choices, case, punctuation and spacing are dropped. A stem too
/// short to identify a question ("Which of these is true?") keeps its choices. Equal keys mean "never on both sides".
/// </remarks>
internal static class QuestionKey
{
    private const int ShortestStem = 40;
    private static readonly string[] s_instructions = ["## Instruction", "\nAnswer:", "\n## Response"];

    public static string Of(string prompt)
    {
        string text = prompt;
        foreach (string mark in s_instructions)
        {
            int at = text.LastIndexOf(mark, StringComparison.Ordinal);
            // Few-shot prompts repeat the mark; cutting at the last one keeps the whole prompt.
            if (at > 0 && text.IndexOf(mark, StringComparison.Ordinal) == at)
                text = text[..at];
        }

        var full = new StringBuilder(text.Length);
        int stem = -1;
        int firstChoices = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> body = line.Trim();
            if (body.StartsWith("## ", StringComparison.Ordinal))
                continue;
            if (ChoiceLetter(ref body) is 'A' && firstChoices++ == 0)
                stem = full.Length;
            foreach (char c in body)
            {
                if (char.IsLetterOrDigit(c))
                    full.Append(char.ToLowerInvariant(c));
                else if (c is '+' or '-' or '/' or '*' or '=' or '<' or '>' or '^')
                    full.Append(c);
            }
        }

        return firstChoices == 1 && stem >= ShortestStem ? full.ToString(0, stem) : full.ToString();
    }

    private static char ChoiceLetter(ref ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line;
        if (rest.Length > 0 && rest[0] == '(')
            rest = rest[1..];
        if (rest.Length < 3 || rest[0] is < 'A' or > 'J' || rest[1] is not ('.' or ')') || rest[2] != ' ')
            return '\0';
        char letter = rest[0];
        line = rest[2..];
        return letter;
    }
}
