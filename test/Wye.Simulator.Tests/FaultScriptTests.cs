using Wye.Simulator.Faults;

namespace Wye.Simulator;

public class FaultScriptTests
{
    [Fact]
    public async Task TheMostExactRuleDecides()
    {
        await using var sim = await Sim.StartAsync();
        var faults = sim.Server.Faults;
        faults.Random(1, 1, Fault.Status(500));
        faults.Always("*", Fault.Status(501));
        faults.Always("gpt-4o", Fault.Status(502));
        faults.Script("*", Fault.Status(503));
        faults.Script("gpt-4o", Fault.Status(504));
        faults.When(call => call.Prompt is "special" ? Fault.Status(505) : null);
        faults.OnCall(1, Fault.Status(507));
        var statuses = new List<int>();
        foreach (
            var (model, prompt) in new[]
            {
                ("gpt-4o", "x"),
                ("gpt-4o", "special"),
                ("gpt-4o", "x"),
                ("gpt-4o", "x"),
                ("gpt-4o", "x"),
                ("o1", "x"),
            }
        )
        {
            using var response = await sim.PostAsync(Sim.Chat(model, prompt));
            statuses.Add((int)response.StatusCode);
        }

        statuses.ShouldBe([507, 505, 504, 503, 502, 501]);
    }

    [Fact]
    public async Task RandomFaults_ComeAtTheirRate_AndTheSameForTheSameSeed()
    {
        var patterns = new List<FaultKind[]>();
        foreach (var seed in (ulong[])[9, 9, 10])
        {
            await using var sim = await Sim.StartAsync();
            sim.Server.Faults.Random(0.25, seed, Fault.Status(500), Fault.EmptyChoices());
            for (var i = 0; i < 400; i++)
            {
                using var _ = await sim.PostAsync(Sim.Chat());
            }

            patterns.Add([.. sim.Server.Calls.Snapshot().Select(c => c.Fault)]);
        }

        patterns[0].Count(f => f == FaultKind.None).ShouldBeInRange(270, 330);
        patterns[0].ShouldBe(patterns[1]);
        patterns[0].ShouldNotBe(patterns[2]);
        patterns[0].Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Disposal_EndsStalledCallsAtOnce()
    {
        var sim = await Sim.StartAsync();
        sim.Server.Faults.Always("*", Fault.StallBeforeContent());
        using var response = await sim.PostAsync(Sim.Streamed());
        await sim.Server.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        sim.Client.Dispose();
    }
}
