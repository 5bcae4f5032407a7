using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>OpenAI chat completions.</summary>
internal sealed class OpenAiFace(long createdSeconds) : ChatFace
{
    private Utf8JsonWriter _json = null!;
    private int _nextLogProb;
    private int _logProbChoice;

    public override string IdPrefix => "chatcmpl-";

    public override string RequestIdHeader => "x-request-id";

    public override WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body) =>
        OpenAiRequestReader.Read(call, body);

    public override WireError Word(ErrorCause cause, int status, SimulatedCall? call) =>
        OpenAiErrors.Word(cause, status, call);

    public override void SetLimitHeaders(IHeaderDictionary headers, string reset, DateTimeOffset now)
    {
        headers["x-ratelimit-limit-requests"] = "500";
        headers["x-ratelimit-remaining-requests"] = "0";
        headers["x-ratelimit-reset-requests"] = reset;
    }

    public override void WriteError(IBufferWriter<byte> body, WireError error) => OpenAiErrors.Write(body, error);

    public override void WriteReply(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        WriteHead(json, call, "chat.completion"u8);
        json.WriteStartArray("choices"u8);
        for (var i = 0; i < reply.Choices.Length; i++)
        {
            var choice = reply.Choices[i];
            json.WriteStartObject();
            json.WriteNumber("index"u8, i);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            OpenAiJson.WriteNullable(json, "content"u8, choice.Text, choice.Text is not null);
            if (choice.ToolCalls.Length > 0)
            {
                OpenAiJson.WriteToolCalls(json, choice.ToolCalls);
            }

            json.WriteNull("refusal"u8);
            json.WriteEndObject();
            OpenAiJson.WriteLogProbs(json, choice.LogProbs);
            json.WriteString("finish_reason"u8, OpenAiJson.Word(choice.Finish));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (usage is { } counts)
        {
            OpenAiJson.WriteUsageObject(json, counts);
        }

        json.WriteString("system_fingerprint"u8, OpenAiJson.Fingerprint);
        json.WriteEndObject();
    }

    public override void WriteBrokenReply(IBufferWriter<byte> body) =>
        body.Write("{\"id\": \"chatcmpl-sim\", \"choices\": [{]}<<<not json>>>"u8);

    public override void WriteReplyHead(IBufferWriter<byte> body, SimulatedCall call) =>
        body.Write(
            "{\"id\":\"chatcmpl-sim\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""u8
        );

    public override void WriteStart(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        for (var i = 0; i < reply.Choices.Length; i++)
        {
            var json = Open(body, call, i);
            json.WriteString("role"u8, "assistant"u8);
            OpenAiJson.WriteNullable(json, "content"u8, [], reply.Choices[i].Text is not null);
            json.WriteNull("refusal"u8);
            Close(body);
        }
    }

    public override void WritePiece(
        IBufferWriter<byte> body,
        SimulatedCall call,
        Reply reply,
        in StreamPiece piece,
        WireUsage? usageSoFar
    )
    {
        var json = Open(body, call, piece.Choice);
        IReadOnlyList<SimulatedLogProb>? logProbs = null;
        var choice = reply.Choices[piece.Choice];
        switch (piece.Kind)
        {
            case PieceKind.Text:
                json.WriteString("content"u8, piece.Of(reply));
                logProbs = TakeLogProbs(choice, piece);
                break;
            case PieceKind.Thinking:
                json.WriteString("reasoning_content"u8, piece.Of(reply));
                break;
            default:
                OpenAiJson.WriteToolDelta(json, choice.ToolCalls[piece.Tool], piece, piece.Of(reply));
                break;
        }

        Close(body, default, logProbs, usageSoFar);
    }

    public override void WriteText(IBufferWriter<byte> body, SimulatedCall call, ReadOnlySpan<byte> utf8)
    {
        Open(body, call, 0).WriteString("content"u8, utf8);
        Close(body);
    }

    public override void WriteHalfChunk(IBufferWriter<byte> body) =>
        body.Write("data: {\"id\":\"chatcmpl-sim\",\"object\":\"chat.comp"u8);

    public override void WriteBrokenChunk(IBufferWriter<byte> body) =>
        body.Write("data: {\"id\":\"chatcmpl-sim\", \"choices\": [{]}<<<not json>>>\n\n"u8);

    public override void WriteFinish(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage)
    {
        for (var i = 0; i < reply.Choices.Length; i++)
        {
            Open(body, call, i);
            Close(body, OpenAiJson.Word(reply.Choices[i].Finish));
        }
    }

    public override void WriteUsage(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage)
    {
        if (!call.IncludeUsage || usage is not { } counts)
        {
            return;
        }

        body.Write("data: "u8);
        using (var json = new Utf8JsonWriter(body, WireJson.Options))
        {
            WriteHead(json, call, "chat.completion.chunk"u8);
            json.WriteString("system_fingerprint"u8, OpenAiJson.Fingerprint);
            json.WriteStartArray("choices"u8);
            json.WriteEndArray();
            OpenAiJson.WriteUsageObject(json, counts);
            json.WriteEndObject();
        }

        body.Write("\n\n"u8);
    }

    public override void WriteDone(IBufferWriter<byte> body) => body.Write("data: [DONE]\n\n"u8);

    public override void WriteErrorEvent(IBufferWriter<byte> body, WireError error)
    {
        body.Write("data: "u8);
        OpenAiErrors.Write(body, error);
        body.Write("\n\n"u8);
    }

    /// <summary>The log-probabilities that belong to a piece of text: those of as many tokens as it ends.</summary>
    private SimulatedLogProb[]? TakeLogProbs(ReplyChoice choice, in StreamPiece piece)
    {
        if (choice.LogProbs is not { } tokens)
        {
            return null;
        }

        if (piece.Choice != _logProbChoice)
        {
            (_logProbChoice, _nextLogProb) = (piece.Choice, 0);
        }

        var to = (int)((long)tokens.Count * (piece.Start + piece.Length) / choice.Text!.Length);
        var from = _nextLogProb;
        _nextLogProb = to;
        return [.. tokens.Skip(from).Take(to - from)];
    }

    private void WriteHead(Utf8JsonWriter json, SimulatedCall call, ReadOnlySpan<byte> kind)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, call.ResponseId);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, createdSeconds);
        json.WriteString("model"u8, call.Model.Name);
    }

    /// <summary>Begins a chunk with one choice, up to the inside of its delta.</summary>
    private Utf8JsonWriter Open(IBufferWriter<byte> body, SimulatedCall call, int index)
    {
        body.Write("data: "u8);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(body, WireJson.Options);
        }
        else
        {
            _json.Reset(body);
        }

        WriteHead(_json, call, "chat.completion.chunk"u8);
        _json.WriteString("system_fingerprint"u8, OpenAiJson.Fingerprint);
        _json.WriteStartArray("choices"u8);
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, index);
        _json.WriteStartObject("delta"u8);
        return _json;
    }

    private void Close(
        IBufferWriter<byte> body,
        ReadOnlySpan<byte> finish = default,
        IReadOnlyList<SimulatedLogProb>? logProbs = null,
        WireUsage? usage = null
    )
    {
        _json.WriteEndObject();
        OpenAiJson.WriteLogProbs(_json, logProbs);
        OpenAiJson.WriteNullable(_json, "finish_reason"u8, finish, !finish.IsEmpty);
        _json.WriteEndObject();
        _json.WriteEndArray();
        if (usage is { } counts)
        {
            OpenAiJson.WriteUsageObject(_json, counts);
        }

        _json.WriteEndObject();
        _json.Flush();
        body.Write("\n\n"u8);
    }
}
