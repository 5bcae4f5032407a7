using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary><c>POST /v1/embeddings</c>. Of the faults it knows those that need no answer.</summary>
internal sealed class EmbeddingsEndpoint(SimulatorCore core)
{
    private readonly ChatEndpoint _chat = new(core);

    public async Task HandleAsync(HttpContext http, ChatFace face)
    {
        var body = await RequestBody.ReadAsync(http, core.Options.MaxBodyBytes);
        var call = new SimulatedCall(core.NextNumber(), RequestIds.Of(http), "emb-", body);
        var (request, error) = Read(face, call, body.Span);
        if (error is not null || request is null)
        {
            core.Record(call, error?.Status ?? StatusCodes.Status400BadRequest, default);
            await ChatEndpoint.SendErrorAsync(http, face, error ?? WireError.Missing("input"));
            return;
        }

        var fault = core.Faults.Next(call);
        core.Record(call, ChatEndpoint.StatusOf(face, fault, call), fault.Kind);
        http.Response.Headers[face.RequestIdHeader] = call.RequestId;
        if (await _chat.FaultedBeforeAnswerAsync(http, face, fault, call))
        {
            return;
        }

        await core.PaceAsync(call.Model.FirstToken, http.RequestAborted);
        var answer = new ArrayBufferWriter<byte>(4_096);
        Write(answer, call, request);
        var meter = new Meter(core.Bill, core.Truth, core.Options, call);
        meter.Begin(
            new Reply
            {
                Choices = [],
                PromptTokens = call.PromptTokens,
                OutputTokens = 0,
            }
        );
        meter.Complete();
        await ChatEndpoint.SendAsync(http, StatusCodes.Status200OK, "application/json", answer.WrittenMemory);
    }

    private (EmbeddingsRequest? Request, WireError? Error) Read(
        ChatFace face,
        SimulatedCall call,
        ReadOnlySpan<byte> body
    )
    {
        EmbeddingsRequest? request;
        try
        {
            request = EmbeddingsRequest.Read(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, face.Word(ErrorCause.BadJson, StatusCodes.Status400BadRequest, call));
        }

        if (request is null)
        {
            return (null, null);
        }

        call.ModelName = request.Model;
        if (!core.Models.TryGetValue(request.Model, out var model) || model.EmbeddingDimensions == 0)
        {
            return (null, face.Word(ErrorCause.UnknownModel, StatusCodes.Status404NotFound, call));
        }

        if (request.Dimensions is { } wished && (wished < 1 || wished > model.EmbeddingDimensions))
        {
            return (null, WireError.Invalid("dimensions", $"Invalid 'dimensions': 1 to {model.EmbeddingDimensions}."));
        }

        call.Model = model;
        call.Prompt = request.Inputs[0];
        call.PromptTokens = request.Inputs.Sum(EmbeddingSampler.Tokens);
        return (request, null);
    }

    private void Write(IBufferWriter<byte> body, SimulatedCall call, EmbeddingsRequest request)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            var vector = EmbeddingSampler.Of(
                core.Options.Seed,
                request.Inputs[i],
                request.Dimensions ?? call.Model.EmbeddingDimensions
            );
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, i);
            if (request.Base64)
            {
                json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(vector.AsSpan()));
            }
            else
            {
                json.WriteStartArray("embedding"u8);
                foreach (var value in vector)
                {
                    json.WriteNumberValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, call.Model.Name);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, call.PromptTokens);
        json.WriteNumber("total_tokens"u8, call.PromptTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
