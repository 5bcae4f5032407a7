using System.Buffers;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Writes one stream of named events and knows which content block is open.</summary>
internal sealed class AnthropicEvents
{
    private Utf8JsonWriter? _json;
    private int _open = -1;
    private int _started;
    private bool _openIsText;
    private byte[]? _thinking;

    public void Start(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage)
    {
        var json = Open(body, "message_start"u8);
        json.WriteStartObject("message"u8);
        AnthropicJson.WriteHead(json, call);
        json.WriteStartArray("content"u8);
        json.WriteEndArray();
        AnthropicJson.WriteStop(json, null, ended: false);
        AnthropicJson.WriteUsage(json, usage);
        json.WriteEndObject();
        Close(body);
        Open(body, "ping"u8);
        Close(body);
    }

    public void Piece(IBufferWriter<byte> body, Reply reply, in StreamPiece piece)
    {
        var choice = reply.Choices[piece.Choice];
        var index = IndexOf(choice, piece);
        switch (piece.Kind)
        {
            case PieceKind.Thinking:
                Enter(body, index, "thinking"u8, choice.Thinking);
                Delta(body, index, "thinking_delta"u8, "thinking"u8, piece.Of(reply));
                break;
            case PieceKind.Text:
                Enter(body, index, "text"u8);
                Delta(body, index, "text_delta"u8, "text"u8, piece.Of(reply));
                break;
            case PieceKind.ToolStart:
                StartTool(body, index, choice.ToolCalls[piece.Tool]);
                Delta(body, index, "input_json_delta"u8, "partial_json"u8, []);
                break;
            default:
                // No check that the block is open: chunks out of order are a fault of their own.
                Delta(body, index, "input_json_delta"u8, "partial_json"u8, piece.Of(reply));
                break;
        }
    }

    /// <summary>Text beyond the answer's own: in the open text block, else in a new one.</summary>
    public void Text(IBufferWriter<byte> body, ReadOnlySpan<byte> utf8)
    {
        var index = Math.Max(0, _open);
        if (_open < 0 || !_openIsText)
        {
            index = _started;
            Enter(body, index, "text"u8);
        }

        Delta(body, index, "text_delta"u8, "text"u8, utf8);
    }

    public void Finish(IBufferWriter<byte> body, Reply reply, WireUsage? usage)
    {
        var choice = reply.Choices.Length > 0 ? reply.Choices[0] : null;
        if (choice is not null && _started == 0)
        {
            // An answer without a word is one empty text block.
            Enter(body, 0, "text"u8);
        }

        Leave(body);
        var json = Open(body, "message_delta"u8);
        json.WriteStartObject("delta"u8);
        AnthropicJson.WriteStop(json, choice, ended: true);
        json.WriteEndObject();
        AnthropicJson.WriteDeltaUsage(json, usage);
        Close(body);
    }

    public void Done(IBufferWriter<byte> body)
    {
        Open(body, "message_stop"u8);
        Close(body);
    }

    /// <summary>Thinking, then text, then tools.</summary>
    private static int IndexOf(ReplyChoice choice, in StreamPiece piece)
    {
        var text = choice.Thinking.Length > 0 ? 1 : 0;
        return piece.Kind switch
        {
            PieceKind.Thinking => 0,
            PieceKind.Text => text,
            _ => text + (choice.Text?.Length > 0 ? 1 : 0) + piece.Tool,
        };
    }

    /// <summary>Starts a text or thinking block unless it was started before.</summary>
    private void Enter(IBufferWriter<byte> body, int index, ReadOnlySpan<byte> kind, byte[]? thinking = null)
    {
        if (index < _started)
        {
            return;
        }

        var json = StartBlock(body, index);
        json.WriteString("type"u8, kind);
        json.WriteString(kind, ""u8);
        if (thinking is not null)
        {
            json.WriteString("signature"u8, ""u8);
        }

        json.WriteEndObject();
        Close(body);
        _thinking = thinking;
        _openIsText = thinking is null;
    }

    private void StartTool(IBufferWriter<byte> body, int index, ReplyToolCall tool)
    {
        var json = StartBlock(body, index);
        AnthropicJson.WriteTool(json, tool);
        json.WriteStartObject("input"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        Close(body);
    }

    private Utf8JsonWriter StartBlock(IBufferWriter<byte> body, int index)
    {
        if (_open != index)
        {
            Leave(body);
        }

        (_open, _started, _openIsText) = (index, Math.Max(_started, index + 1), false);
        var json = Open(body, "content_block_start"u8);
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("content_block"u8);
        return json;
    }

    private void Leave(IBufferWriter<byte> body)
    {
        if (_open < 0)
        {
            return;
        }

        if (_thinking is not null)
        {
            var signature = System.Text.Encoding.ASCII.GetBytes(ThinkingSignature.Of(_thinking));
            Delta(body, _open, "signature_delta"u8, "signature"u8, signature);
            _thinking = null;
        }

        Open(body, "content_block_stop"u8).WriteNumber("index"u8, _open);
        Close(body);
        _open = -1;
    }

    private void Delta(
        IBufferWriter<byte> body,
        int index,
        ReadOnlySpan<byte> kind,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> utf8
    )
    {
        var json = Open(body, "content_block_delta"u8);
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, kind);
        json.WriteString(name, utf8);
        json.WriteEndObject();
        Close(body);
    }

    private Utf8JsonWriter Open(IBufferWriter<byte> body, ReadOnlySpan<byte> name)
    {
        body.Write("event: "u8);
        body.Write(name);
        body.Write("\ndata: "u8);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(body, WireJson.Options);
        }
        else
        {
            _json.Reset(body);
        }

        _json.WriteStartObject();
        _json.WriteString("type"u8, name);
        return _json;
    }

    private void Close(IBufferWriter<byte> body)
    {
        _json!.WriteEndObject();
        _json.Flush();
        body.Write("\n\n"u8);
    }
}
