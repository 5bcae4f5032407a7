namespace Wye.Chat;

/// <summary>Why a model stopped.</summary>
public enum FinishReason
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>A natural end or a stop sequence.</summary>
    Stop,

    /// <summary>The output bound was reached.</summary>
    Length,

    /// <summary>Tools are to be called.</summary>
    ToolCalls,

    /// <summary>Withheld by a content filter, or refused.</summary>
    ContentFilter,

    /// <summary>Some other reason.</summary>
    Other,
}
