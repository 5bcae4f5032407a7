using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Caching;
using Wye.Simulator.Faults;
using Wye.Simulator.Models;

namespace Wye.Simulator.Wire;

/// <summary>The way of a call, whatever its dialect: read, fault, answer, bill, send.</summary>
internal sealed class ChatEndpoint(SimulatorCore core)
{
    public async Task HandleAsync(HttpContext http, ChatFace face)
    {
        var body = await RequestBody.ReadAsync(http, core.Options.MaxBodyBytes);
        var call = new SimulatedCall(core.NextNumber(), RequestIds.Of(http), face.IdPrefix, body);
        var error = Read(face, call, body.Span);
        var fault = error is null ? core.Faults.Next(call) : Fault.None;
        var meter = new Meter(core.Bill, core.Truth, core.Options, call) { Fault = fault };
        if (error is null && StatusOf(fault) == StatusCodes.Status200OK)
        {
            error = CheckLengths(call);
        }

        core.Record(call, error?.Status ?? StatusOf(fault), fault.Kind);
        http.Response.Headers["x-request-id"] = call.RequestId;
        if (error is not null)
        {
            await SendErrorAsync(http, face, error);
            return;
        }

        if (await FaultedBeforeAnswerAsync(http, face, fault))
        {
            return;
        }

        face.ReadCache(call, core.Cache);
        var reply = core.Replies.Build(call);
        meter.Begin(reply);
        try
        {
            await (
                call.Stream
                    ? new StreamSender(core, http, face, call, reply, meter).SendAsync()
                    : new WholeSender(core, http, face, call, reply, meter).SendAsync()
            );
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            meter.Cancel();
        }
    }

    /// <summary>The faults that need no answer; true: the call is over.</summary>
    public async Task<bool> FaultedBeforeAnswerAsync(HttpContext http, ChatFace face, Fault fault)
    {
        foreach (var (name, value) in fault.Headers)
        {
            http.Response.Headers[name] = value;
        }

        switch (fault.Kind)
        {
            case FaultKind.Status:
                await SendFaultAsync(http, face, fault);
                return true;
            case FaultKind.Reset:
                http.Abort();
                return true;
            case FaultKind.DripHeaders:
                await Connection.DripAsync(http, fault.Duration ?? TimeSpan.FromSeconds(1), core.Options.Time);
                return true;
            case FaultKind.NoHeaders or FaultKind.Delay:
                await Connection.StallAsync(http, fault.Duration, core.Options.Time);
                return false;
            default:
                return false;
        }
    }

    public static Task SendErrorAsync(HttpContext http, ChatFace face, WireError error)
    {
        var body = new ArrayBufferWriter<byte>(512);
        face.WriteError(body, error);
        return SendAsync(http, error.Status, "application/json", body.WrittenMemory);
    }

    public static async Task SendAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }

    private static Task SendFaultAsync(HttpContext http, ChatFace face, Fault fault) =>
        fault.Body is { } body
            ? SendAsync(http, fault.StatusCode, fault.ContentType, System.Text.Encoding.UTF8.GetBytes(body))
            : SendErrorAsync(
                http,
                face,
                new WireError(fault.StatusCode, fault.ErrorMessage, fault.ErrorType, fault.ErrorCode)
            );

    private static int StatusOf(Fault fault) =>
        fault.Kind switch
        {
            FaultKind.Status => fault.StatusCode,
            FaultKind.Reset or FaultKind.DripHeaders => 0,
            FaultKind.NoHeaders when fault.Duration is null => 0,
            _ => 200,
        };

    private WireError? Read(ChatFace face, SimulatedCall call, ReadOnlySpan<byte> body)
    {
        try
        {
            if (face.Read(call, body) is { } error)
            {
                return error;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return WireError.BadJson;
        }

        if (!core.Models.TryGetValue(call.ModelName, out var model) || model.EmbeddingDimensions > 0)
        {
            return WireError.UnknownModel(call.ModelName);
        }

        call.Model = model;
        return null;
    }

    private static WireError? CheckLengths(SimulatedCall call)
    {
        var model = call.Model;
        if (call.MaxTokens > model.MaxOutputTokens)
        {
            return WireError.Invalid(
                "max_tokens",
                $"max_tokens is too large: {call.MaxTokens}. This model supports at most {model.MaxOutputTokens} completion tokens, whereas you provided {call.MaxTokens}."
            );
        }

        var asked = (long)call.PromptTokens + (call.MaxTokens ?? 0);
        return asked <= model.ContextTokens
            ? null
            : new WireError(
                400,
                $"This model's maximum context length is {model.ContextTokens} tokens. However, you requested {asked} tokens ({call.PromptTokens} in the messages, {call.MaxTokens ?? 0} in the completion). Please reduce the length of the messages or completion.",
                "invalid_request_error",
                "context_length_exceeded",
                "messages"
            );
    }
}
