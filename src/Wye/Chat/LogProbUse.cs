namespace Wye.Chat;

/// <summary>What becomes of the log-probabilities of an answer's tokens.</summary>
public enum LogProbUse
{
    /// <summary>They are relayed if the caller asked for them; nobody else reads them.</summary>
    Relay,

    /// <summary>A gate reads them as well.</summary>
    Read,

    /// <summary>A gate reads them though the caller did not ask: they are asked for, and taken out of what the caller gets.</summary>
    Ask,
}
