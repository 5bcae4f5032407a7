using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Wye.Chat;

namespace Wye.Routing.Selection;

/// <summary>Runs a pattern over the start of the last user turn.</summary>
internal static class QueryText
{
    /// <summary>Most characters a pattern sees; bounds the time a rule may take.</summary>
    public const int MaxChars = 8_192;

    public static bool IsMatch(Regex pattern, ChatRequest request)
    {
        var chars = ArrayPool<char>.Shared.Rent(MaxChars);
        try
        {
            return pattern.IsMatch(chars.AsSpan(0, Read(request.Texts, chars.AsSpan(0, MaxChars))));
        }
        finally
        {
            // The pool is shared: a prompt must not stay in it.
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private static int Read(IReadOnlyList<ChatText> texts, Span<char> chars)
    {
        var message = -2;
        for (var i = texts.Count - 1; i >= 0 && message == -2; i--)
        {
            message = texts[i].Role == ChatRole.User ? texts[i].Message : message;
        }

        var written = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Role != ChatRole.User || texts[i].Message != message)
            {
                continue;
            }

            if (written > 0 && written < chars.Length)
            {
                chars[written++] = '\n';
            }

            var utf8 = texts[i].Utf8.Span;
            // One byte never gives more than one character, so this slice always fits.
            var fitting = utf8[..Math.Min(utf8.Length, chars.Length - written)];
            written += Encoding.UTF8.GetChars(fitting, chars[written..]);
        }

        return written;
    }
}
