using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>What was read of one chunk of a stream.</summary>
/// <param name="dialect">Chat completions, or the older ones.</param>
internal struct ChunkView(DialectId dialect) : IWireView
{
    private readonly bool _isChat = dialect == DialectId.OpenAi;
    private ChatFrameKinds _kinds;
    private bool _hasUsage;

    /// <summary>Tokens so far; null = not said, or absurd.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>The service tier it names.</summary>
    public ServiceTier Tier { get; private set; }

    /// <summary>Where its id begins if that is an empty text; 0 = it is not.</summary>
    public int EmptyId { get; private set; }

    /// <inheritdoc/>
    public bool IsError { get; private set; }

    /// <summary>Whether a choice refuses.</summary>
    public bool Refused { get; private set; }

    /// <summary>Decoded bytes of all that the model wrote.</summary>
    public int ContentBytes { get; private set; }

    /// <summary>Why the model stopped, when a choice says so.</summary>
    public FinishReason Finish { get; private set; }

    /// <summary>What it carries.</summary>
    public readonly ChatFrameKinds Kinds => _hasUsage ? _kinds | ChatFrameKinds.Usage : _kinds;

    /// <inheritdoc/>
    public void ReadMember(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("choices"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
            {
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    Add(ChoiceReader.Read(ref json, _isChat ? "delta"u8 : "text"u8));
                }

                return;
            }
        }
        else if (json.ValueTextEquals("usage"u8))
        {
            json.Read();
            _hasUsage |= json.TokenType == JsonTokenType.StartObject;
            Usage = UsageReader.Read(ref json);
            return;
        }
        else if (json.ValueTextEquals("service_tier"u8))
        {
            Tier = JsonTier.ReadNext(ref json);
            return;
        }
        else if (json.ValueTextEquals("id"u8))
        {
            json.Read();
            var isEmpty = json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty;
            EmptyId = isEmpty ? (int)json.TokenStartIndex : 0;
        }
        else
        {
            IsError |= WireBody.SkipOther(ref json);
            return;
        }

        json.Skip();
    }

    private void Add(in ChoiceView choice)
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
