namespace Wye.Chat.Conversations;

/// <summary>Reads a whole answer of one dialect into the canonical form. Stateless, thread-safe.</summary>
public interface IAnswerReader
{
    /// <summary>Reads <paramref name="reply"/>, which this dialect has accepted before. What it does not know is left out.</summary>
    ChatAnswer Read(ChatReply reply);
}
