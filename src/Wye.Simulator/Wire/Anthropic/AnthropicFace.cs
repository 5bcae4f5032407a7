using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Caching;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Anthropic messages.</summary>
/// <param name="version">The <c>anthropic-version</c> header; null: the caller sent none.</param>
/// <param name="counting">True to read a request that only wants its tokens counted.</param>
internal sealed class AnthropicFace(string? version, bool counting = false) : ChatFace
{
    private readonly AnthropicEvents _events = new();
    private readonly PromptMarks _marks = new();
    private string? _requestId;

    public override string IdPrefix => "msg_";

    public override string RequestIdHeader => "request-id";

    public override WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body)
    {
        _requestId = call.RequestId;
        call.ToolIdPrefix = "toolu_";
        return version switch
        {
            null => new WireError(400, "anthropic-version: header is required"),
            "2023-06-01" or "2023-01-01" => Read(call, body, AnthropicVersion.Of2023),
            "2026-10-21" => Read(call, body, AnthropicVersion.Of2026),
            _ => new WireError(400, $"anthropic-version: \"{version}\" is not a valid version"),
        };
    }

    private WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body, AnthropicVersion asked) =>
        new AnthropicRequestReader(call, _marks, asked, counting).Read(body);

    public override void ReadCache(SimulatedCall call, PromptCache cache) => _marks.Apply(call, cache);

    public override WireError Word(ErrorCause cause, int status, SimulatedCall? call) =>
        AnthropicErrors.Word(cause, status, call);

    public override void SetLimitHeaders(IHeaderDictionary headers, string reset, DateTimeOffset now)
    {
        headers["anthropic-ratelimit-requests-limit"] = "50";
        headers["anthropic-ratelimit-requests-remaining"] = "0";
        headers["anthropic-ratelimit-requests-reset"] = LimitReset.Read(reset) is { } wait
            ? (now + wait).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : reset;
    }

    public override void WriteError(IBufferWriter<byte> body, WireError error) =>
        AnthropicErrors.Write(body, error, _requestId);

    public override void WriteReply(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        var choice = reply.Choices.Length > 0 ? reply.Choices[0] : null;
        json.WriteStartObject();
        AnthropicJson.WriteHead(json, call);
        json.WriteStartArray("content"u8);
        if (choice is not null)
        {
            AnthropicJson.WriteContent(json, choice);
        }

        json.WriteEndArray();
        AnthropicJson.WriteStop(json, choice, ended: true);
        AnthropicJson.WriteUsage(json, usage);
        json.WriteEndObject();
    }

    public override void WriteBrokenReply(IBufferWriter<byte> body) =>
        body.Write("{\"id\": \"msg_sim\", \"type\": \"message\", \"content\": [{]}<<<not json>>>"u8);

    public override void WriteReplyHead(IBufferWriter<byte> body, SimulatedCall call) =>
        body.Write(
            "{\"id\":\"msg_sim\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\""u8
        );

    public override void WriteStart(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage) =>
        _events.Start(body, call, usage);

    public override void WritePiece(
        IBufferWriter<byte> body,
        SimulatedCall call,
        Reply reply,
        in StreamPiece piece,
        WireUsage? usageSoFar
    ) => _events.Piece(body, reply, piece);

    public override void WriteText(IBufferWriter<byte> body, SimulatedCall call, ReadOnlySpan<byte> utf8) =>
        _events.Text(body, utf8);

    public override void WriteHalfChunk(IBufferWriter<byte> body) =>
        body.Write(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_d"u8
        );

    public override void WriteBrokenChunk(IBufferWriter<byte> body) =>
        body.Write(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":[{]}<<<not json>>>\n\n"u8
        );

    public override void WriteFinish(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage) =>
        _events.Finish(body, reply, usage);

    /// <summary>Nothing: usage came with the stop reason.</summary>
    public override void WriteUsage(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage) { }

    public override void WriteDone(IBufferWriter<byte> body) => _events.Done(body);

    public override void WriteErrorEvent(IBufferWriter<byte> body, WireError error)
    {
        body.Write("event: error\ndata: "u8);
        AnthropicErrors.Write(body, error, _requestId);
        body.Write("\n\n"u8);
    }
}
