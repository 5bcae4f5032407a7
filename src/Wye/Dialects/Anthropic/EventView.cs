using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>What was read of one event, in whatever order its members stand. Throws what the JSON reader throws.</summary>
internal struct EventView : IWireView
{
    /// <summary>What it is.</summary>
    public EventType Type;

    /// <summary>Decoded bytes of text.</summary>
    public int TextBytes;

    /// <summary>Decoded bytes of thinking.</summary>
    public int ThinkingBytes;

    /// <summary>Decoded bytes of a tool's name and arguments.</summary>
    public int ToolBytes;

    /// <summary>Whether it holds a part of a tool call, even an empty one.</summary>
    public bool HasTool;

    /// <summary>Whether it holds something else that a caller would miss: a signature, a citation, a block of a server's tool.</summary>
    public bool HasOther;

    /// <summary>Why the model stopped.</summary>
    public FinishReason Finish;

    /// <summary>Whether a usage object stands in it, believable or not.</summary>
    public bool HasUsage;

    /// <summary>Tokens so far.</summary>
    public Usage? Usage;

    /// <inheritdoc/>
    public readonly bool IsError => Type == EventType.Error;

    /// <inheritdoc/>
    public void ReadMember(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("type"u8))
        {
            json.Read();
            Type = json.TokenType == JsonTokenType.String ? TypeOf(ref json) : EventType.Unknown;
            json.Skip();
        }
        else if (
            json.ValueTextEquals("message"u8)
            || json.ValueTextEquals("delta"u8)
            || json.ValueTextEquals("content_block"u8)
        )
        {
            var isBlock = json.ValueTextEquals("content_block"u8);
            json.Read();
            ReadPart(ref json, isBlock);
        }
        else if (json.ValueTextEquals("usage"u8))
        {
            ReadUsage(ref json);
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private void ReadPart(ref Utf8JsonReader json, bool isBlock)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                HasTool |= Is(ref json, "tool_use"u8) || Is(ref json, "input_json_delta"u8);
                HasOther |=
                    Is(ref json, "signature_delta"u8)
                    || Is(ref json, "citations_delta"u8)
                    || (isBlock && !IsOwnBlock(ref json));
                json.Skip();
            }
            else if (json.ValueTextEquals("text"u8))
            {
                TextBytes += Length(ref json);
            }
            else if (json.ValueTextEquals("thinking"u8))
            {
                ThinkingBytes += Length(ref json);
            }
            else if (json.ValueTextEquals("partial_json"u8) || (isBlock && json.ValueTextEquals("name"u8)))
            {
                ToolBytes += Length(ref json);
            }
            else if (json.ValueTextEquals("stop_reason"u8))
            {
                json.Read();
                Finish = StopReasons.Read(ref json);
            }
            else if (json.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    private void ReadUsage(ref Utf8JsonReader json)
    {
        json.Read();
        HasUsage |= json.TokenType == JsonTokenType.StartObject;
        Usage = UsageReader.Read(ref json);
    }

    // Blocks that open empty and are filled by deltas; any other comes whole with its opening.
    private static bool IsOwnBlock(ref Utf8JsonReader json) =>
        Is(ref json, "text"u8) || Is(ref json, "thinking"u8) || Is(ref json, "tool_use"u8);

    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.TokenType == JsonTokenType.String && json.ValueTextEquals(name);

    private static int Length(ref Utf8JsonReader json)
    {
        json.Read();
        var length =
            json.TokenType != JsonTokenType.String ? 0
            : json.ValueIsEscaped ? JsonEscapes.UnescapedLength(json.ValueSpan)
            : json.ValueSpan.Length;
        json.Skip();
        return length;
    }

    private static EventType TypeOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("content_block_delta"u8) ? EventType.BlockDelta
        : json.ValueTextEquals("content_block_start"u8) ? EventType.BlockStart
        : json.ValueTextEquals("content_block_stop"u8) ? EventType.BlockStop
        : json.ValueTextEquals("message_start"u8) ? EventType.MessageStart
        : json.ValueTextEquals("message_delta"u8) ? EventType.MessageDelta
        : json.ValueTextEquals("message_stop"u8) ? EventType.MessageStop
        : json.ValueTextEquals("ping"u8) ? EventType.Ping
        : json.ValueTextEquals("error"u8) ? EventType.Error
        : EventType.Unknown;
}
