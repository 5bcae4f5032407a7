using System.Text;

namespace Wye.Simulator.Truth;

/// <summary>A prompt as the Simulator compares prompts: trimmed, lower case, white space runs as one space.</summary>
internal static class PromptKey
{
    public static string Of(string prompt)
    {
        var builder = new StringBuilder(prompt.Length);
        foreach (var c in prompt)
        {
            if (!char.IsWhiteSpace(c))
            {
                builder.Append(char.ToLowerInvariant(c));
            }
            else if (builder.Length > 0 && builder[^1] != ' ')
            {
                builder.Append(' ');
            }
        }

        if (builder.Length > 0 && builder[^1] == ' ')
        {
            builder.Length--;
        }

        return builder.ToString();
    }
}
