using System.Net;
using System.Net.Http;
using System.Text;

namespace Wye.Load;

/// <summary>
/// Requests at a fixed rate, whatever the answers do: a time counts from when its request was due, so a gateway that stands
/// still is seen in all of them.
/// </summary>
internal static class RateLoad
{
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Target target, double perSecond, double seconds)
    {
        var (time, samples) = (TimeProvider.System, new Samples());
        var body = Encoding.UTF8.GetBytes(ChatBody.Render(target.Model, 1024, turns: true, stream: false));
        using var transport = target.Connect();
        var (started, interval) = (time.GetTimestamp(), TimeSpan.FromSeconds(1 / perSecond));
        var calls = new List<Task<bool>>();
        for (var i = 0; i * interval < Warmup + TimeSpan.FromSeconds(seconds); i++)
        {
            var due = i * interval;
            var wait = due - time.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, time);
            }

            calls.Add(CallAsync(due));
        }

        var failed = (await Task.WhenAll(calls)).Count(good => !good);
        samples.Print("call");
        Samples.Print("calls", calls.Count);
        Samples.Print("errors", failed);
        return 0;

        async Task<bool> CallAsync(TimeSpan due)
        {
            try
            {
                // Timers are late by up to a millisecond; what the call is late by at its start is ours, not the gateway's.
                var sent = time.GetElapsedTime(started);
                using var request = target.Request(body);
                using var response = await transport.SendAsync(request, CancellationToken.None);
                await response.Content.ReadAsByteArrayAsync();
                if (due >= Warmup)
                {
                    samples.Add(time.GetElapsedTime(started) - (sent - due < interval ? sent : due));
                }

                return response.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
