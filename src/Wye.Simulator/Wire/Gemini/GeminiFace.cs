using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.Gemini;

/// <summary>Google Gemini's generateContent. A stream has no terminator: it ends with its body.</summary>
/// <param name="model">The model, from the path.</param>
/// <param name="stream">Whether the path asks for a stream.</param>
internal sealed class GeminiFace(string model, bool stream) : ChatFace
{
    private readonly ArrayBufferWriter<byte> _arguments = new();

    public override string IdPrefix => "";

    public override string RequestIdHeader => "x-request-id";

    /// <summary>The face of a path such as <c>/v1beta/models/NAME:generateContent</c>; null: it is none.</summary>
    public static GeminiFace? Of(string path, string query)
    {
        const string Prefix = "/v1beta/models/";
        var colon = path.LastIndexOf(':');
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || colon <= Prefix.Length)
        {
            return null;
        }

        var name = path[Prefix.Length..colon];
        return path[(colon + 1)..] switch
        {
            "generateContent" => new GeminiFace(name, stream: false),
            "streamGenerateContent" when query.Contains("alt=sse", StringComparison.Ordinal) => new GeminiFace(
                name,
                stream: true
            ),
            _ => null,
        };
    }

    public override WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body)
    {
        call.ModelName = model;
        call.Stream = stream;
        return new GeminiRequestReader(call).Read(body);
    }

    public override WireError Word(ErrorCause cause, int status, SimulatedCall? call) =>
        GeminiErrors.Word(cause, status, call, model);

    public override void SetLimitHeaders(IHeaderDictionary headers, string reset, DateTimeOffset now) { }

    public override void WriteError(IBufferWriter<byte> body, WireError error) => GeminiErrors.Write(body, error);

    public override void WriteReply(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        if (reply.Choices.Length > 0)
        {
            GeminiJson.OpenCandidate(json);
            GeminiJson.WriteParts(json, reply.Choices[0]);
            GeminiJson.CloseCandidate(json, GeminiJson.Word(reply.Choices[0].Finish));
        }

        GeminiJson.WriteTail(json, call, usage);
        json.WriteEndObject();
    }

    public override void WriteBrokenReply(IBufferWriter<byte> body) =>
        body.Write("{\"candidates\": [{]}<<<not json>>>"u8);

    public override void WriteReplyHead(IBufferWriter<byte> body, SimulatedCall call) =>
        body.Write("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\""u8);

    /// <summary>Nothing: the first piece is the first event.</summary>
    public override void WriteStart(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage) { }

    public override void WritePiece(
        IBufferWriter<byte> body,
        SimulatedCall call,
        Reply reply,
        in StreamPiece piece,
        WireUsage? usageSoFar
    )
    {
        if (piece.Kind is PieceKind.ToolStart or PieceKind.ToolArguments)
        {
            WriteCall(body, call, reply, piece);
            return;
        }

        var json = Open(body);
        GeminiJson.OpenCandidate(json);
        GeminiJson.WriteText(json, piece.Of(reply), thought: piece.Kind == PieceKind.Thinking);
        GeminiJson.CloseCandidate(json, default);
        Close(json, body, call, null);
    }

    public override void WriteText(IBufferWriter<byte> body, SimulatedCall call, ReadOnlySpan<byte> utf8)
    {
        var json = Open(body);
        GeminiJson.OpenCandidate(json);
        GeminiJson.WriteText(json, utf8, thought: false);
        GeminiJson.CloseCandidate(json, default);
        Close(json, body, call, null);
    }

    public override void WriteHalfChunk(IBufferWriter<byte> body) =>
        body.Write("data: {\"candidates\":[{\"content\":{\"role\":\"mo"u8);

    public override void WriteBrokenChunk(IBufferWriter<byte> body) =>
        body.Write("data: {\"candidates\": [{]}<<<not json>>>\n\n"u8);

    public override void WriteFinish(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        var json = Open(body);
        if (reply.Choices.Length > 0)
        {
            GeminiJson.OpenCandidate(json);
            GeminiJson.CloseCandidate(json, GeminiJson.Word(reply.Choices[0].Finish));
        }

        Close(json, body, call, usage);
    }

    /// <summary>Nothing: usage came with the finish reason.</summary>
    public override void WriteUsage(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage) { }

    /// <summary>Nothing: there is no terminator.</summary>
    public override void WriteDone(IBufferWriter<byte> body) { }

    public override void WriteErrorEvent(IBufferWriter<byte> body, WireError error)
    {
        body.Write("data: "u8);
        GeminiErrors.Write(body, error);
        body.Write("\n\n"u8);
    }

    /// <summary>Calls come whole here: their arguments are gathered until the last piece.</summary>
    private void WriteCall(IBufferWriter<byte> body, SimulatedCall call, Reply reply, in StreamPiece piece)
    {
        var tool = reply.Choices[piece.Choice].ToolCalls[piece.Tool];
        if (piece.Kind == PieceKind.ToolStart)
        {
            _arguments.ResetWrittenCount();
        }
        else
        {
            _arguments.Write(piece.Of(reply));
        }

        if (_arguments.WrittenCount < tool.Arguments.Length)
        {
            return;
        }

        var json = Open(body);
        GeminiJson.OpenCandidate(json);
        GeminiJson.WriteCall(json, tool);
        GeminiJson.CloseCandidate(json, default);
        Close(json, body, call, null);
    }

    private static Utf8JsonWriter Open(IBufferWriter<byte> body)
    {
        body.Write("data: "u8);
        var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        return json;
    }

    private static void Close(Utf8JsonWriter json, IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage)
    {
        using (json)
        {
            GeminiJson.WriteTail(json, call, usage);
            json.WriteEndObject();
        }

        body.Write("\r\n\r\n"u8);
    }
}
