using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Gateway.Http;

/// <summary>A call's request and the body it points into; dispose returns both. Default = there was none, and its caller has been told why.</summary>
internal readonly struct ReceivedCall : IDisposable
{
    private readonly PooledBody? _body;

    private ReceivedCall(ChatRequest request, PooledBody body) => (Request, _body) = (request, body);

    /// <summary>The request; null = refused and answered.</summary>
    public ChatRequest? Request { get; }

    /// <summary>Reads hints and body; what cannot be read is answered in the dialect.</summary>
    /// <param name="http">The call.</param>
    /// <param name="dialect">What its caller speaks.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="limit">Most bytes of the body.</param>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public static async ValueTask<ReceivedCall> ReadAsync(
        HttpContext http,
        ICallerDialect dialect,
        RequestId id,
        long limit
    )
    {
        if (HintHeaders.TryRead(http.Request.Headers, out var hints, out var error))
        {
            (var body, error) = await PooledBody.ReadAsync(http, limit);
            if (body is not null && dialect.TryReadRequest(body.Memory, hints, out var request, out error))
            {
                return new ReceivedCall(request, body);
            }

            body?.Dispose();
        }

        await Rejection.WriteAsync(http, dialect, id, error!);
        return default;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Request?.Dispose();
        _body?.Dispose();
    }
}
