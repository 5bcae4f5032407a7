using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>R03, R09: everything is down, at 200 requests per second.</summary>
public class OutageTests
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    [Theory]
    [InlineData("503")]
    [InlineData("silence")]
    public async Task TotalOutage_IsNotMultiplied_IsAnsweredFast_AndEndsSoon(string fault)
    {
        await using var world = await FaultWorld.StartAsync();
        (await world.SendAsync(stream: false)).Dispose();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, fault is "503" ? Fault.Status(503) : Fault.NoHeaders());
        var before = world.Simulator.Calls.Count;
        var answers = new List<Task<(int Status, double Milliseconds, bool Hinted)>>();
        using (var timer = new PeriodicTimer(Between))
        {
            for (var i = 0; i < Sizes.OutageSeconds * 200; i++)
            {
                answers.Add(AskAsync(world));
                await timer.WaitForNextTickAsync();
            }
        }

        var calls = world.Simulator.Calls.Count - before;
        world.Simulator.Faults.Clear();
        var healed = TimeProvider.System.GetTimestamp();
        while ((await AskAsync(world)).Status != 200)
        {
            TimeProvider.System.GetElapsedTime(healed).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }

        var recovery = TimeProvider.System.GetElapsedTime(healed).TotalSeconds;
        var told = await Task.WhenAll(answers);
        var settled = told[(told.Length / 2)..].Select(answer => answer.Milliseconds).ToList();
        var ratio = Math.Round((double)calls / answers.Count, 3);
        var (p50, p99) = (Sizes.Percentile(settled, 0.5), Sizes.Percentile(settled, 0.99));
        Sizes.Record(
            "R03",
            ("fault", fault),
            ("caller_calls", answers.Count),
            ("upstream_calls", calls),
            ("ratio", ratio),
            ("recovery_s", Math.Round(recovery, 2)),
            ("answer_p50_ms", p50),
            ("answer_p99_ms", p99)
        );
        // Who still waited when it ended was answered after all.
        told.ShouldAllBe(answer => answer.Status == 200 || (answer.Status >= 500 && answer.Hinted));
        told.Count(answer => answer.Status != 200).ShouldBeGreaterThan(told.Length / 4);
        ratio.ShouldBeLessThanOrEqualTo(1.25);
        recovery.ShouldBeLessThanOrEqualTo(5);
    }

    private static async Task<(int Status, double Milliseconds, bool Hinted)> AskAsync(FaultWorld world)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var response = await world.SendAsync(stream: true);
        await response.Content.ReadAsByteArrayAsync();
        return (
            (int)response.StatusCode,
            TimeProvider.System.GetElapsedTime(started).TotalMilliseconds,
            response.Headers.RetryAfter is not null
        );
    }
}
