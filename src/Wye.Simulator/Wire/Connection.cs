using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Wye.Simulator.Wire;

/// <summary>Rough things done to a connection.</summary>
internal static class Connection
{
    /// <summary>Closes the connection as it is, without what HTTP still owes; what was flushed still arrives.</summary>
    /// <remarks>
    /// An ordinary abort resets the socket and may overtake bytes that are still queued. Ending the transport's output sends
    /// them first, so a cut after n chunks is a cut after n chunks.
    /// </remarks>
    public static async Task CutAsync(HttpContext http)
    {
        await http.Response.BodyWriter.FlushAsync();
        if (Transport(http) is { } output && http.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ConnectionClosed.UnsafeRegister(
                static state => ((TaskCompletionSource)state!).TrySetResult(),
                closed
            );
            await output.CompleteAsync();
            await closed.Task;
        }

        http.Abort();
    }

    /// <summary>Sends response headers byte by byte, pausing before each, until the caller leaves.</summary>
    public static async Task DripAsync(HttpContext http, TimeSpan pause, TimeProvider time)
    {
        var output = Transport(http);
        var drip = "HTTP/1.1 200 OK\r\nX-Drip: "u8.ToArray();
        for (var i = 0; ; i++)
        {
            await Task.Delay(pause, time, http.RequestAborted);
            if (output is not null)
            {
                var b = i < drip.Length ? drip[i] : (byte)'.';
                await output.WriteAsync(new[] { b }, http.RequestAborted);
            }
        }
    }

    /// <summary>Waits until the caller leaves, or for a while.</summary>
    public static Task StallAsync(HttpContext http, TimeSpan? duration, TimeProvider time) =>
        Task.Delay(duration ?? Timeout.InfiniteTimeSpan, time, http.RequestAborted);

    private static PipeWriter? Transport(HttpContext http) =>
        http.Features.Get<IConnectionTransportFeature>()?.Transport.Output;
}
