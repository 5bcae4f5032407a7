using System.Net.Http;
using System.Runtime.CompilerServices;
using Wye.Dialects;
using Wye.Primitives.Pooling;

namespace Wye.Providers;

/// <summary>Reads response bodies into pooled memory, within a bound.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;
    private const int LeastBuffer = 1024;
    private const int MostRentedAhead = 1024 * 1024;

    /// <summary>Reads the body. The caller disposes the buffer.</summary>
    /// <returns>The body and whether it is whole: false = it is larger than <paramref name="most"/>, and cut there.</returns>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public static async ValueTask<(PooledBuffer Body, bool Whole)> ReadAsync(
        HttpContent content,
        int most,
        CancellationToken cancellationToken
    )
    {
        // A stated length is only a hint: it is not rented in full before the bytes are there.
        var stated = content.Headers.ContentLength ?? FirstBuffer;
        var body = new PooledBuffer((int)Math.Clamp(stated + 1, LeastBuffer, MostRentedAhead));
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                var read = await stream.ReadAsync(body.GetMemory(), cancellationToken);
                if (read == 0)
                {
                    return (body, true);
                }

                var room = most - body.Length;
                body.Advance(Math.Min(read, room));
                if (read > room)
                {
                    return (body, false);
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
