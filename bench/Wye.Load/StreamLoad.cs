using System.Globalization;
using System.Net.Http;
using System.Text;

namespace Wye.Load;

/// <summary>
/// Concurrent streams, each begun anew when it ends. The upstream writes its clock into every chunk; what a chunk took from
/// there to here is its delay. Both read the machine's one monotonic clock.
/// </summary>
internal static class StreamLoad
{
    public static async Task<int> RunAsync(Target target, int streams, double seconds)
    {
        var (time, delays) = (TimeProvider.System, new Samples());
        var body = Encoding.UTF8.GetBytes(ChatBody.Render(target.Model, 1024, turns: true, stream: true));
        using var transport = target.Connect();
        var started = time.GetTimestamp();
        var (chunks, broken, whole) = (0L, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(RepeatAsync));
        delays.Print("chunk");
        Samples.Print("chunks", chunks);
        Samples.Print("streams", whole);
        Samples.Print("errors", broken);
        Samples.Print(
            "delivered",
            whole + broken == 0 ? 0 : (double)chunks / ((whole + broken) * (long)PacedUpstream.Chunks)
        );
        return 0;

        async Task RepeatAsync(int number)
        {
            // Spread over the first second, so that the chunks of all streams do not fall together.
            await Task.Delay(TimeSpan.FromSeconds((double)number / streams), time);
            while (time.GetElapsedTime(started).TotalSeconds < seconds)
            {
                var got = await ReadAsync();
                Interlocked.Add(ref chunks, got);
                Interlocked.Increment(ref got == PacedUpstream.Chunks ? ref whole : ref broken);
            }
        }

        async Task<int> ReadAsync()
        {
            var got = 0;
            try
            {
                using var request = target.Request(body);
                using var response = await transport.SendAsync(request, CancellationToken.None);
                using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
                while (await lines.ReadLineAsync() is { } line)
                {
                    if (SentAt(line) is { } sent)
                    {
                        got++;
                        delays.Add(time.GetElapsedTime(sent));
                    }
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                // A broken stream counts by the chunks it lacks.
            }

            return got;
        }
    }

    private static long? SentAt(string line)
    {
        var from = line.IndexOf(PacedUpstream.Mark, StringComparison.Ordinal);
        if (from < 0)
        {
            return null;
        }

        from += PacedUpstream.Mark.Length;
        var end = line.IndexOf(';', from);
        return long.Parse(line.AsSpan(from, end - from), CultureInfo.InvariantCulture);
    }
}
