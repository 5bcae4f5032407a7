using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Hosting.Callers;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Gateway.Http;

/// <summary>The caller's side of a delivery over HTTP: writes the caller's dialect and the provenance headers.</summary>
internal sealed class HttpDeliverySink(
    HttpContext http,
    ICallerDialect dialect,
    ChatRequest request,
    bool liteLlmHeaders = false
) : IDeliverySink
{
    private const int LongestRetryAfterSeconds = 30;

    private IFrameWriter? _frames;
    private PipeWriter? _output;

    // The stream broke after content.
    private bool _mustCut;

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    public async ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken)
    {
        WriteHeaders(outcome);
        http.Response.ContentType = "application/json";
        var body = reply.Body;
        if (reply.Dialect != dialect.Id)
        {
            var translated = new ArrayBufferWriter<byte>(reply.Body.Length);
            dialect.WriteReply(reply, request, translated);
            body = translated.WrittenMemory;
        }

        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    public async ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken)
    {
        WriteHeaders(outcome);
        await WriteErrorAsync(http, dialect, error, outcome.Head.Attempts);
    }

    public async ValueTask<bool> HeartbeatAsync(DeliveryHead head, CancellationToken cancellationToken)
    {
        await StartStreamAsync(head, cancellationToken);
        _frames!.WriteComment("ping"u8, http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(cancellationToken);
        return true;
    }

    public async ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken)
    {
        if (_frames is not null)
        {
            // A heartbeat has sent the headers; who answers stands in the closing comment.
            return;
        }

        WyeHeaders.Write(http, dialect.Id, head);
        if (liteLlmHeaders)
        {
            LiteLlmHeaders.Write(http.Response.Headers, head);
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["x-accel-buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        _frames = dialect.CreateFrameWriter(request);
        _output = http.Response.BodyWriter;
        await http.Response.StartAsync(cancellationToken);
    }

    public ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken)
    {
        _frames!.Write(frame, _output!);
        var flush = _output!.FlushAsync(cancellationToken);
        if (!flush.IsCompletedSuccessfully)
        {
            return FinishAsync(flush);
        }

        // Its source must see that the result is taken.
        _ = flush.Result;
        return default;
    }

    /// <summary>Ends the connection: an error frame would wait behind what is not read.</summary>
    public void GiveUp() => http.Abort();

    public async ValueTask EndStreamAsync(
        ChatFrame terminator,
        ChatError? error,
        Outcome outcome,
        CancellationToken cancellationToken
    )
    {
        var output = http.Response.BodyWriter;
        _frames ??= dialect.CreateFrameWriter(request);
        _frames.WriteComment(StreamTrailer.Render(outcome), output);
        if (error is null)
        {
            _frames.WriteEnd(terminator, output);
            await output.FlushAsync(cancellationToken);
            return;
        }

        _frames.WriteError(error, output);
        await output.FlushAsync(cancellationToken);
        _mustCut = true;
    }

    /// <summary>After the delivery: the connection of a stream that broke is cut without the terminating chunk.</summary>
    /// <exception cref="StreamCutException">Which is how it is cut.</exception>
    public void Close()
    {
        if (_mustCut)
        {
            throw new StreamCutException();
        }
    }

    // Only a caller who reads slowly is waited for.
    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private static async ValueTask FinishAsync(ValueTask<FlushResult> flush) => await flush;

    private void WriteHeaders(Outcome outcome)
    {
        WyeHeaders.Write(http, dialect.Id, outcome);
        if (liteLlmHeaders)
        {
            LiteLlmHeaders.Write(http.Response.Headers, outcome);
        }
    }

    /// <summary>Writes an error envelope with its status and retry hints (R04, R05).</summary>
    /// <remarks>
    /// Retry-After is never the provider's own: whole seconds, 1..30. It stands on every status that clients retry, since some
    /// send three retries within 40 ms without it; x-should-retry is heeded by others.
    /// </remarks>
    public static async ValueTask WriteErrorAsync(
        HttpContext http,
        ICallerDialect dialect,
        ChatError error,
        int attempts
    )
    {
        var status = dialect.StatusOf(error);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (IsRetried(status))
        {
            var seconds = Math.Clamp(Math.Ceiling(error.RetryAfter?.TotalSeconds ?? 1), 1, LongestRetryAfterSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (
            (attempts > 0 && IsRetried(status))
            || string.Equals(error.Code, LimitErrors.TooLarge, StringComparison.Ordinal)
        )
        {
            // Wye has already retried, or it can never succeed: a client that repeats the call only multiplies the load.
            http.Response.Headers["x-should-retry"] = "false";
        }

        var envelope = new ArrayBufferWriter<byte>(512);
        dialect.WriteError(error, envelope);
        http.Response.ContentLength = envelope.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(envelope.WrittenMemory, http.RequestAborted);
    }

    private static bool IsRetried(int status) => status is 408 or 409 or 429 or >= 500;
}
