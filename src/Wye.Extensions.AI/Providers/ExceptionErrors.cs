using System.Net;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Extensions.AI.Providers;

/// <summary>Makes a failure of what a chat client threw. Its message is left out: clients put prompts and keys into them.</summary>
internal static class ExceptionErrors
{
    public static ChatError Of(Exception exception) =>
        exception switch
        {
            WyeChatException own => new ChatError(own.Kind, own.Message)
            {
                Code = own.Code,
                RetryAfter = own.RetryAfter,
            },
            HttpRequestException { StatusCode: { } status } => Error(KindOf(status), exception, (int)status),
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or IOException => Error(
                FailureKind.ConnectionLost,
                exception
            ),
            HttpRequestException => Error(FailureKind.ConnectFailed, exception),
            TimeoutException or OperationCanceledException => Error(FailureKind.FirstTokenTimeout, exception),
            ArgumentException or NotSupportedException => Error(FailureKind.BadRequest, exception),
            _ => Error(FailureKind.ServerError, exception),
        };

    private static ChatError Error(FailureKind kind, Exception exception, int? status = null) =>
        new(kind, $"The in-process provider failed with {exception.GetType().Name}.") { Status = status };

    private static FailureKind KindOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => FailureKind.RateLimited,
            HttpStatusCode.PaymentRequired => FailureKind.QuotaExhausted,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => FailureKind.Unauthorized,
            HttpStatusCode.NotFound => FailureKind.ModelNotFound,
            HttpStatusCode.RequestTimeout => FailureKind.FirstTokenTimeout,
            HttpStatusCode.ServiceUnavailable or (HttpStatusCode)529 => FailureKind.Overloaded,
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => FailureKind.BadRequest,
            _ => FailureKind.ServerError,
        };
}
