namespace Wye.Chat;

/// <summary>What one streamed frame carries; a frame may carry several things.</summary>
[Flags]
public enum ChatFrameKinds
{
    /// <summary>Nothing of meaning: a ping, or something unknown that is relayed as it is.</summary>
    None = 0,

    /// <summary>The opening of the answer; does not commit.</summary>
    Role = 1,

    /// <summary>Text; commits.</summary>
    Content = 2,

    /// <summary>Part of a tool call; commits.</summary>
    Tool = 4,

    /// <summary>Visible reasoning; commits.</summary>
    Reasoning = 8,

    /// <summary>The finish reason.</summary>
    Finish = 16,

    /// <summary>Token usage.</summary>
    Usage = 32,

    /// <summary>The provider reports an error inside the stream.</summary>
    Error = 64,

    /// <summary>The dialect's terminator: the answer is whole.</summary>
    End = 128,

    /// <summary>Anything that a caller would notice to be missing.</summary>
    Committing = Content | Tool | Reasoning,
}
