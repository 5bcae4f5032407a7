using Wye.Chat;
using Wye.Chat.Bodies;

namespace Wye.Dialects.OpenAi;

/// <summary>What was read of one choice, of a whole message or of a streamed delta.</summary>
internal struct ChoiceView
{
    /// <summary>Whether the message or delta was there.</summary>
    public bool HasBody;

    /// <summary>Whether it names a role.</summary>
    public bool HasRole;

    /// <summary>Whether its content is a string or parts; false = null or missing.</summary>
    public bool HasContent;

    /// <summary>Whether it refuses.</summary>
    public bool HasRefusal;

    /// <summary>Whether it holds something else that a caller would miss: audio, annotations, images.</summary>
    public bool HasOther;

    /// <summary>Inside of the content's string literal, as it stands in the JSON.</summary>
    public ByteRange Text;

    /// <summary>Decoded bytes of content, refusal and other text.</summary>
    public int ContentBytes;

    /// <summary>Decoded bytes of visible reasoning.</summary>
    public int ReasoningBytes;

    /// <summary>Decoded bytes of tool names and arguments.</summary>
    public int ToolBytes;

    /// <summary>Tool calls, or parts of them.</summary>
    public int ToolCalls;

    /// <summary>Why the model stopped, as said.</summary>
    public FinishReason Finish;

    /// <summary>Why the model stopped; a refusal counts as withheld.</summary>
    public readonly FinishReason EffectiveFinish =>
        HasRefusal && Finish is FinishReason.Stop or FinishReason.None ? FinishReason.ContentFilter : Finish;

    /// <summary>Whether this can be taken for an answer: content, or a reason for having none.</summary>
    public readonly bool IsAnswer =>
        HasContent
        || HasRefusal
        || HasOther
        || ToolCalls > 0
        || Finish is FinishReason.ContentFilter or FinishReason.Length;
}
