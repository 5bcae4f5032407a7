using Wye.Chat;

namespace Wye.Signals;

/// <summary>Which texts of a request are the last thing the user said.</summary>
/// <param name="Message">Index of the message; −2 = the user said nothing.</param>
/// <param name="First">Index of its first text.</param>
/// <param name="Last">Index of its last text.</param>
/// <param name="Turns">User messages in the request.</param>
/// <param name="System">Index of the first system text; −1 = none.</param>
internal readonly record struct LastUserTurn(int Message, int First, int Last, int Turns, int System)
{
    private const int NoMessage = -2;

    public static LastUserTurn Find(IReadOnlyList<ChatText> texts)
    {
        var found = new LastUserTurn(NoMessage, -1, -1, 0, -1);
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (text.Role == ChatRole.System && found.System < 0)
            {
                found = found with { System = i };
            }
            else if (text.Role == ChatRole.User)
            {
                found =
                    text.Message == found.Message
                        ? found with
                        {
                            Last = i,
                        }
                        : found with
                        {
                            Message = text.Message,
                            First = i,
                            Last = i,
                            Turns = found.Turns + 1,
                        };
            }
        }

        return found;
    }

    public bool Holds(in ChatText text) => text.Role == ChatRole.User && text.Message == Message;
}
