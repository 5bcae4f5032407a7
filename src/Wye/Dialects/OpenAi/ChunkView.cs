using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>What was read of one chunk of a stream.</summary>
internal struct ChunkView
{
    private ChatFrameKinds _kinds;

    /// <summary>Whether a usage object stands in it, believable or not.</summary>
    public bool HasUsage;

    /// <summary>Tokens so far; null = not said, or absurd.</summary>
    public Usage? Usage;

    /// <summary>The service tier it names.</summary>
    public ServiceTier Tier;

    /// <summary>Where its id begins if that is an empty text; 0 = it is not.</summary>
    public int EmptyId;

    /// <summary>Whether it is an error.</summary>
    public bool Error;

    /// <summary>Whether a choice refuses.</summary>
    public bool Refused;

    /// <summary>Decoded bytes of all that the model wrote.</summary>
    public int ContentBytes;

    /// <summary>Why the model stopped, when a choice says so.</summary>
    public FinishReason Finish;

    /// <summary>What it carries.</summary>
    public readonly ChatFrameKinds Kinds => HasUsage ? _kinds | ChatFrameKinds.Usage : _kinds;

    /// <summary>Adds what one choice carries.</summary>
    public void Add(in ChoiceView choice)
    {
        _kinds |= choice.HasRole ? ChatFrameKinds.Role : ChatFrameKinds.None;
        _kinds |= choice.ContentBytes > 0 || choice.HasOther ? ChatFrameKinds.Content : ChatFrameKinds.None;
        _kinds |= choice.ToolCalls > 0 ? ChatFrameKinds.Tool : ChatFrameKinds.None;
        _kinds |= choice.ReasoningBytes > 0 ? ChatFrameKinds.Reasoning : ChatFrameKinds.None;
        _kinds |= choice.Finish != FinishReason.None ? ChatFrameKinds.Finish : ChatFrameKinds.None;
        ContentBytes += choice.ContentBytes + choice.ReasoningBytes + choice.ToolBytes;
        Refused |= choice.HasRefusal;
        Finish = choice.Finish == FinishReason.None ? Finish : choice.Finish;
    }
}
