using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary><c>POST /v1/messages/count_tokens</c>: free of charge. Of the faults it knows those that need no answer.</summary>
internal sealed class CountTokensEndpoint(SimulatorCore core)
{
    private readonly ChatEndpoint _chat = new(core);

    public async Task HandleAsync(HttpContext http, ChatFace face)
    {
        var body = await RequestBody.ReadAsync(http, core.Options.MaxBodyBytes);
        var call = new SimulatedCall(core.NextNumber(), RequestIds.Of(http), face.IdPrefix, body);
        var error = _chat.Read(face, call, body.Span);
        var fault = error is null ? core.Faults.Next(call) : Faults.Fault.None;
        core.Record(call, error?.Status ?? ChatEndpoint.StatusOf(face, fault, call), fault.Kind);
        http.Response.Headers[face.RequestIdHeader] = call.RequestId;
        if (error is not null)
        {
            await ChatEndpoint.SendErrorAsync(http, face, error);
            return;
        }

        if (await _chat.FaultedBeforeAnswerAsync(http, face, fault, call))
        {
            return;
        }

        var answer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(answer, WireJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("input_tokens"u8, call.PromptTokens);
            json.WriteEndObject();
        }

        await ChatEndpoint.SendAsync(http, StatusCodes.Status200OK, "application/json", answer.WrittenMemory);
    }
}
