using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

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
        if (error is null && StatusOf(face, fault, call) == StatusCodes.Status200OK)
        {
            error = CheckLengths(face, call);
        }

        core.Record(call, error?.Status ?? StatusOf(face, fault, call), fault.Kind);
        http.Response.Headers[face.RequestIdHeader] = call.RequestId;
        if (error is not null)
        {
            await SendErrorAsync(http, face, error);
            return;
        }

        if (await FaultedBeforeAnswerAsync(http, face, fault, call))
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
    public async Task<bool> FaultedBeforeAnswerAsync(HttpContext http, ChatFace face, Fault fault, SimulatedCall call)
    {
        if (fault.LimitReset is { } reset)
        {
            face.SetLimitHeaders(http.Response.Headers, reset, core.Options.Time.GetUtcNow());
        }

        foreach (var (name, value) in fault.Headers)
        {
            http.Response.Headers[name] = value;
        }

        switch (fault.Kind)
        {
            case FaultKind.Status:
                await SendFaultAsync(http, face, fault, call);
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

    private static Task SendFaultAsync(HttpContext http, ChatFace face, Fault fault, SimulatedCall call) =>
        fault.Body is { } body
            ? SendAsync(http, fault.StatusCode, fault.ContentType, System.Text.Encoding.UTF8.GetBytes(body))
            : SendErrorAsync(http, face, face.ErrorOf(fault, call));

    /// <summary>The status a call gets that is faulted this way; 0: none.</summary>
    public static int StatusOf(ChatFace face, Fault fault, SimulatedCall call) =>
        fault.Kind switch
        {
            FaultKind.Status when fault.Body is null => face.ErrorOf(fault, call).Status,
            FaultKind.Status => fault.StatusCode,
            FaultKind.Reset or FaultKind.DripHeaders => 0,
            FaultKind.NoHeaders when fault.Duration is null => 0,
            _ => 200,
        };

    /// <summary>Reads the body and finds the model; null: all well.</summary>
    public WireError? Read(ChatFace face, SimulatedCall call, ReadOnlySpan<byte> body)
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
            return face.Word(ErrorCause.BadJson, StatusCodes.Status400BadRequest, call);
        }

        if (!core.Models.TryGetValue(call.ModelName, out var model) || model.EmbeddingDimensions > 0)
        {
            return face.Word(ErrorCause.UnknownModel, StatusCodes.Status404NotFound, call);
        }

        call.Model = model;
        return null;
    }

    private static WireError? CheckLengths(ChatFace face, SimulatedCall call) =>
        call.MaxTokens > call.Model.MaxOutputTokens
            ? face.Word(ErrorCause.OutputLimit, StatusCodes.Status400BadRequest, call)
        : (long)call.PromptTokens + (call.MaxTokens ?? 0) > call.Model.ContextTokens
            ? face.Word(ErrorCause.ContextLength, StatusCodes.Status400BadRequest, call)
        : null;
}
