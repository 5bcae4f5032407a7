using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Gateway.Http;

/// <summary>A request body, read once into pooled memory; dispose returns it.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstRead = 16 * 1024;
    private const int MostRentedAhead = 1024 * 1024;
    private readonly PooledBuffer _buffer;

    private PooledBody(int capacity) => _buffer = new(capacity);

    public ReadOnlyMemory<byte> Memory => _buffer.Written;

    /// <summary>Reads the whole body; what is larger is refused before it is read.</summary>
    /// <param name="http">The request.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="isFixed">Whether the limit is the endpoint's own; false = it is <c>server.body_limit</c>.</param>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public static async ValueTask<(PooledBody? Body, ChatError? Error)> ReadAsync(
        HttpContext http,
        long limit,
        bool isFixed = false
    )
    {
        if (Encoding(http.Request.Headers) is { } encoding)
        {
            return (null, Encoded(encoding));
        }

        var length = http.Request.ContentLength;
        if (length > limit)
        {
            return (null, TooLarge(limit, isFixed));
        }

        // A stated length is only a hint: it is not rented in full before the bytes are there.
        var stated = Math.Min(length ?? FirstRead, MostRentedAhead);
        var body = new PooledBody((int)stated);
        try
        {
            var reader = http.Request.BodyReader;
            while (true)
            {
                if (!reader.TryRead(out var read))
                {
                    read = await reader.ReadAsync(http.RequestAborted);
                }

                var bytes = read.Buffer;
                if (body._buffer.Length + bytes.Length > limit)
                {
                    reader.AdvanceTo(bytes.End);
                    body.Dispose();
                    return (null, TooLarge(limit, isFixed));
                }

                foreach (var part in bytes)
                {
                    body._buffer.Append(part.Span);
                }

                reader.AdvanceTo(bytes.End);
                if (read.IsCompleted || body._buffer.Length == length)
                {
                    return (body, null);
                }
            }
        }
        catch (BadHttpRequestException fault)
        {
            body.Dispose();
            return (null, Broken(fault.StatusCode));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => _buffer.Dispose();

    public static ChatError TooLarge(long limit, bool isFixed = false) =>
        new(
            FailureKind.BadRequest,
            isFixed
                ? $"The request body is larger than {limit} bytes, the most that this path takes. Send less."
                : $"The request body is larger than {limit} bytes. Send less, or raise server.body_limit."
        )
        {
            Status = StatusCodes.Status413PayloadTooLarge,
            Code = "request_too_large",
        };

    // Decompressing would let a small body grow without bound; none of the official clients compresses.
    private static string? Encoding(IHeaderDictionary headers) =>
        headers.ContentEncoding.ToString() is { Length: > 0 } named
        && !named.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? named
            : null;

    private static ChatError Encoded(string encoding) =>
        new(
            FailureKind.BadRequest,
            $"A body with Content-Encoding '{WyeHeaders.Safe(encoding)}' is not read here. Send the JSON uncompressed."
        )
        {
            Status = StatusCodes.Status415UnsupportedMediaType,
            Code = "unsupported_encoding",
        };

    // The caller's fault: the body stalled, ended early, or its chunks are malformed.
    private static ChatError Broken(int status) =>
        status == StatusCodes.Status408RequestTimeout
            ? new ChatError(FailureKind.BadRequest, "The request body came too slowly. Send the request again.")
            {
                Status = status,
                Code = "request_timeout",
            }
            : new ChatError(
                FailureKind.BadRequest,
                "The request body broke off or breaks the HTTP protocol. Send as many bytes as the headers announce."
            )
            {
                Status = status,
                Code = "broken_body",
            };
}
