using System.Text;
using Wye.Chat;

namespace Wye.Delivery.Walking;

/// <summary>Reads the label out of a classify node's answer: the whole answer, trimmed.</summary>
internal static class ClassifyLabel
{
    private const int MostBytes = 64;

    /// <summary>The label; null = nonsense: nothing, or more than a label can be.</summary>
    public static string? Read(ChatReply reply)
    {
        var text = reply.Text.Span.Trim(" \t\r\n\"'.`"u8);
        return text.Length is 0 or > MostBytes ? null : Encoding.UTF8.GetString(text);
    }
}
