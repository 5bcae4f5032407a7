using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/v1/feedback</c>: how good an answer was, said by whoever asked. The last word on a request counts.</summary>
internal sealed class FeedbackEndpoint(WyeRuntime runtime, CallerDialects dialects, RequestIds ids)
{
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task HandleAsync(HttpContext http)
    {
        var (result, error) = await JudgeAsync(http);
        if (result is not { IsKept: true })
        {
            await Rejection.WriteAsync(http, dialects.Of(http), ids.Next(), error ?? result!.Error!);
            return;
        }

        var text = new ArrayBufferWriter<byte>(256);
        await using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("request_id", result.Request.Value);
            json.WriteString("model", result.Model!.Value.Value);
            json.WriteNumber("score", result.Score);
            json.WriteBoolean("taught", result.Taught);
            if (result.NotTaught is { } reason)
            {
                json.WriteString("reason", reason);
            }

            json.WriteEndObject();
        }

        WyeHeaders.WriteId(http, dialects.Of(http).Id, ids.Next());
        http.Response.Headers[WyeHeaders.Cost] = 0.ToString(CultureInfo.InvariantCulture);
        await JsonAnswer.WriteAsync(http, text.WrittenMemory);
    }

    private async Task<(FeedbackResult? Result, ChatError? Error)> JudgeAsync(HttpContext http)
    {
        var (body, error) = await PooledBody.ReadAsync(http, MostBytes, isFixed: true);
        using (body)
        {
            if (body is null || !FeedbackBody.TryRead(body.Memory, out var said, out error))
            {
                return (null, error);
            }

            try
            {
                return (
                    await runtime.GiveFeedbackAsync(
                        said.Request,
                        said.Score,
                        said.Comment,
                        http.Key(),
                        http.RequestAborted
                    ),
                    null
                );
            }
            catch (LedgerUnavailableException)
            {
                // What is wrong with the file is the operator's business, and stands in the log.
                return (
                    null,
                    new ChatError(FailureKind.Internal, "The store cannot be used now: nothing was kept. Try again.")
                    {
                        Code = ChatErrorCodes.LedgerUnavailable,
                        RetryAfter = Soon,
                    }
                );
            }
        }
    }
}
