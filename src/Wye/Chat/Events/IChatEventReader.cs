namespace Wye.Chat.Events;

/// <summary>Reads the frames of one stream into canonical events. Holds the stream's state: one per stream, one flow.</summary>
public interface IChatEventReader
{
    /// <summary>Appends what <paramref name="frame"/> says. Frames come in the order of the stream, each once.</summary>
    void Read(in ChatFrame frame, ICollection<ChatEvent> events);
}
