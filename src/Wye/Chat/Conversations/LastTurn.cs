using System.Text;

namespace Wye.Chat.Conversations;

/// <summary>The text of a request's last user turn.</summary>
internal static class LastTurn
{
    public static string Of(ChatRequest request)
    {
        var last = -1;
        foreach (var text in request.Texts)
        {
            last = text.Role == ChatRole.User ? text.Message : last;
        }

        var turn = new StringBuilder();
        foreach (var text in request.Texts)
        {
            if (text.Role == ChatRole.User && text.Message == last)
            {
                turn.Append(Encoding.UTF8.GetString(text.Utf8.Span));
            }
        }

        return turn.ToString();
    }
}
