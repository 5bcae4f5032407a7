using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>R01: while a second target is well, no fault of the first reaches a caller before the first content byte.</summary>
public class SingleFaultTests
{
    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        ["none"] = Fault.None,
        ["429"] = Fault.RateLimited(),
        ["quota"] = Fault.InsufficientQuota(),
        ["500"] = Fault.Status(500),
        ["503"] = Fault.Status(503),
        ["529"] = Fault.Overloaded(),
        ["html 502"] = Fault.Html(502),
        ["wrong key"] = Fault.Unauthorized(),
        ["reset"] = Fault.Reset(),
        ["no headers"] = Fault.NoHeaders(),
        ["no first token"] = Fault.StallBeforeContent(),
        ["truncated json"] = Fault.TruncatedJson(),
        ["invalid json"] = Fault.InvalidJson(),
        ["empty choices"] = Fault.EmptyChoices(),
        ["null content"] = Fault.NullContent(),
        ["error event before content"] = Fault.ErrorEvent(),
        ["cut before content"] = Fault.CutStream(afterChunks: 0),
        ["end before content"] = Fault.EndWithoutFinish(afterChunks: 0),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in Faults.Keys.Append("refused"))
            {
                cases.Add(name, false);
                cases.Add(name, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AFaultOfTheFirstTarget_ReachesNoCaller(string name, bool stream)
    {
        await using var world = await FaultWorld.StartAsync(firstRefuses: name is "refused");
        // The first call compiles and connects; it is not measured.
        (await world.SendAsync(stream)).Dispose();
        world.Simulator.Faults.Always(FaultWorld.First, Faults.GetValueOrDefault(name, Fault.None));
        // Fewer at once than failures that eject: no call of a round can find the first target already left alone.
        var slow = name is "no headers" or "no first token";
        var together = slow ? 4 : 1;
        var times = new List<double>();
        var met = 0;
        for (var sent = 0; sent < Sizes.Calls; sent += together)
        {
            world.ForgetHealth();
            await Task.WhenAll(
                Enumerable.Range(sent, Math.Min(together, Sizes.Calls - sent)).Select(_ => SendOneAsync())
            );
        }

        met.ShouldBe(
            name is "none" ? 0 : Sizes.Calls,
            "every call met the fault and was answered by the second target"
        );
        var (p50, p99) = (Sizes.Percentile(times, 0.5), Sizes.Percentile(times, 0.99));
        Sizes.Record(
            "R01",
            ("fault", name),
            ("stream", stream),
            ("calls", times.Count),
            ("p50_ms", p50),
            ("p99_ms", p99)
        );

        async Task SendOneAsync()
        {
            var started = TimeProvider.System.GetTimestamp();
            using var response = await world.SendAsync(stream);
            var text = await response.Content.ReadAsStringAsync();
            lock (times)
            {
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                ((int)response.StatusCode).ShouldBe(200, text);
                text.ShouldNotContain("\"error\"");
                text.ShouldContain("\"finish_reason\":\"stop\"");
                text.ShouldContain(stream ? "data: [DONE]" : "\"usage\"");
                met += response.Headers.GetValues("x-wye-attempts").Single() is "1" ? 0 : 1;
            }
        }
    }

    [Fact]
    public async Task AFaultyTarget_IsEjected_AndHardlyCalledAnyMore()
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultWorld.First, Fault.Status(500));
        for (var i = 0; i < 10 * Sizes.Calls; i++)
        {
            using var response = await world.SendAsync(i % 2 == 0);
            ((int)response.StatusCode).ShouldBe(200);
        }

        world.Simulator.Calls.CountOf(FaultWorld.First).ShouldBe(5);
    }
}
