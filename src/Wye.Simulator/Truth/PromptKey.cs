using System.Buffers;

namespace Wye.Simulator.Truth;

/// <summary>A prompt as the Simulator compares prompts: trimmed, lower case, white space runs as one space.</summary>
internal static class PromptKey
{
    public static string Of(string prompt)
    {
        var pooled = ArrayPool<char>.Shared.Rent(prompt.Length);
        var length = 0;
        foreach (var c in prompt)
        {
            if (!char.IsWhiteSpace(c))
            {
                pooled[length++] = char.ToLowerInvariant(c);
            }
            else if (length > 0 && pooled[length - 1] != ' ')
            {
                pooled[length++] = ' ';
            }
        }

        var key = pooled.AsSpan(0, length).TrimEnd(' ');
        var same = key.SequenceEqual(prompt);
        var result = same ? prompt : new string(key);
        ArrayPool<char>.Shared.Return(pooled);
        return result;
    }
}
