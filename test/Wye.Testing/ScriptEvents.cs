using System.Text;
using Wye.Chat;
using Wye.Chat.Events;

namespace Wye.Testing;

/// <summary>Reads scripted frames: what a content frame holds is its text.</summary>
public sealed class ScriptEvents : IChatEventReader
{
    /// <summary>The only one.</summary>
    public static readonly ScriptEvents Instance = new();

    /// <inheritdoc/>
    public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Has(ChatFrameKinds.Content))
        {
            events.Add(new ChatEvent(ChatEventKind.Text) { Text = Encoding.UTF8.GetString(frame.Data.Span) });
        }
    }
}
