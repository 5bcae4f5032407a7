using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Wye.Gateway.Faults;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Money;

/// <summary>What <c>kill -9</c> leaves behind: A03 no reservation and no false refusal, D01 and D02 no call without a row.</summary>
[Collection(nameof(MoneyCollection))]
public sealed class CrashTests
{
    private const int InFlight = 200;
    private const int Askers = 16;

    // What one call of 200 output tokens and a prompt of at most 300 bytes may cost: the limit leaves little more than that.
    private const long BoundOfACall = (300 * 150_000) + (200 * 600_000);

    // What wye serve says of relaxed: fifty milliseconds, and the commit itself, which waits for a processor as everything does.
    private static readonly TimeSpan RelaxedBound = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CommitOnABusyMachine = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task KilledGateway_LeavesNoReservation_AndRefusesNobodyWhoFits()
    {
        var rounds = Sizes.Number("WYE_A03_ROUNDS", 1);
        var limit = BoundOfACall * ((rounds * (InFlight + 20)) + 100);
        var dollars = (limit / 1e12m).ToString(CultureInfo.InvariantCulture);
        await using var world = await MoneyWorld.StartAsync($"{{ all: {{ limit: {dollars}, window: total }} }}");
        var gateway = await world.AddGatewayAsync();
        for (var round = 0; round < rounds; round++)
        {
            world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.StallMidStream(2, TimeSpan.FromMinutes(5)));
            var before = world.Simulator.Calls.Count;
            var calls = Enumerable.Range(0, InFlight).Select(i => AskAsync(gateway, i, stream: true)).ToList();
            await UntilAsync(() => world.Simulator.Calls.Count == before + InFlight);
            await gateway.KillAsync();
            await Task.WhenAll(calls);
            world.Simulator.Faults.Clear();

            gateway = await world.AddGatewayAsync();
            var freed = await world.UntilNothingIsReservedAsync(TimeSpan.FromSeconds(10));
            var falseRefusals = 0;
            for (var i = 0; i < 20; i++)
            {
                falseRefusals += await AskAsync(gateway, i, stream: false) == HttpStatusCode.OK ? 0 : 1;
            }

            // What is held for calls to come is given back when none come.
            await world.UntilNothingIsReservedAsync(TimeSpan.FromSeconds(10));
            var leaked = world.Number("SELECT count(*) FROM accounts WHERE reserved_pusd <> 0");
            var open = world.Number("SELECT count(*) FROM intents");
            Sizes.Record(
                "A03",
                ("round", Sizes.FirstRound + round),
                ("in_flight", InFlight),
                ("leaked", leaked),
                ("open_intents", open),
                ("freed_ms", freed is { } time ? (long)time.TotalMilliseconds : -1),
                ("false_refusals", falseRefusals),
                ("settled_as_reserved", world.Number("SELECT count(*) FROM requests WHERE failure = 'Unrecorded'"))
            );
            freed.ShouldNotBeNull();
            (leaked, open, falseRefusals).ShouldBe((0, 0, 0));
            world.Number("SELECT count(*) FROM requests WHERE failure = 'Unrecorded'").ShouldBe((round + 1) * InFlight);
        }

        BalanceHistory.Overspent(world.Query("SELECT settled, reserved FROM history"), limit).ShouldBe(0);
    }

    [Fact]
    public async Task KilledGateway_HasARowOfEveryAnswerThatWasFinished()
    {
        var rounds = Sizes.Number("WYE_D01_ROUNDS", 3);
        var random = new Random(23 + Sizes.FirstRound);
        await using var world = await MoneyWorld.StartAsync(budgets: null);
        var gateway = await world.AddGatewayAsync();
        var finished = new ConcurrentBag<string>();
        for (var round = 0; round < rounds; round++)
        {
            var before = finished.Count;
            var askers = Enumerable.Range(0, Askers).Select(i => AskUntilKilledAsync(gateway, i, finished)).ToList();
            // A fresh process is slow until its code is compiled.
            await UntilAsync(() => finished.Count > before);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(700)), TimeProvider.System);
            gateway = await world.ReplaceAsync(gateway, Task.WhenAll(askers));

            var recorded = world
                .Query("SELECT id FROM requests WHERE status = 200 AND failure IS NULL")
                .Select(row => (string)row[0])
                .ToHashSet(StringComparer.Ordinal);
            var missing = finished.Count(id => !recorded.Contains(id));
            var unrecorded = world.Unrecorded();
            Sizes.Record(
                "D01",
                ("round", Sizes.FirstRound + round),
                ("finished", finished.Count - before),
                ("finished_but_unrecorded", missing),
                ("billed_but_unrecorded", unrecorded),
                ("settled_as_reserved", world.Number("SELECT count(*) FROM requests WHERE failure = 'Unrecorded'"))
            );
            (missing, unrecorded).ShouldBe((0, 0));
        }

        finished.Count.ShouldBeGreaterThan(rounds, "hardly anything was asked");
    }

    [Fact]
    public async Task KilledRelaxedGateway_MissesOnlyWhatFinishedWithinItsBound_AndNothingUnderAHardBudget()
    {
        var rounds = Sizes.Number("WYE_RELAXED_ROUNDS", 1);
        var random = new Random(29 + Sizes.FirstRound);
        foreach (var budgets in (string?[])[null, "{ all: { limit: 1000, window: total } }"])
        {
            await using var world = await MoneyWorld.StartAsync(budgets, more: "store: { ledger: relaxed }");
            var gateway = await world.AddGatewayAsync();
            gateway.Greeting.ShouldContain("within the last 20 ms and one commit");
            for (var round = 0; round < rounds; round++)
            {
                var finished = new ConcurrentBag<(string Id, long At)>();
                var askers = Enumerable
                    .Range(0, Askers)
                    .Select(i => AskUntilKilledAsync(gateway, i, finished))
                    .ToList();
                await UntilAsync(() => finished.Count > Askers);
                await Task.Delay(TimeSpan.FromMilliseconds(300 + random.Next(500)), TimeProvider.System);
                var killed = TimeProvider.System.GetTimestamp();
                gateway = await world.ReplaceAsync(gateway, Task.WhenAll(askers));

                var recorded = world.Query("SELECT id FROM requests").Select(row => (string)row[0]).ToHashSet();
                var missing = finished
                    .Where(answer => !recorded.Contains(answer.Id))
                    .Select(answer => TimeProvider.System.GetElapsedTime(answer.At, killed).TotalMilliseconds)
                    .ToList();
                Sizes.Record(
                    "relaxed",
                    ("round", Sizes.FirstRound + round),
                    ("hard_budget", budgets is null ? 0 : 1),
                    ("finished", finished.Count),
                    ("missing", missing.Count),
                    ("oldest_missing_ms", Math.Round(missing.DefaultIfEmpty().Max()))
                );
                finished.Count.ShouldBeGreaterThan(Askers);
                missing
                    .DefaultIfEmpty()
                    .Max()
                    .ShouldBeLessThan((RelaxedBound + CommitOnABusyMachine).TotalMilliseconds);
                if (budgets is not null)
                {
                    missing.ShouldBeEmpty();
                    world.Unrecorded().ShouldBe(0);
                }
            }
        }
    }

    private static Task AskUntilKilledAsync(GatewayProcess gateway, int asker, ConcurrentBag<string> finished) =>
        AskUntilKilledAsync(gateway, asker, (id, _) => finished.Add(id));

    private static Task AskUntilKilledAsync(
        GatewayProcess gateway,
        int asker,
        ConcurrentBag<(string, long)> finished
    ) => AskUntilKilledAsync(gateway, asker, (id, at) => finished.Add((id, at)));

    private static async Task AskUntilKilledAsync(GatewayProcess gateway, int asker, Action<string, long> finished)
    {
        for (var i = 0; ; i++)
        {
            var stream = (i + asker) % 2 == 0;
            try
            {
                var prompt = string.Create(CultureInfo.InvariantCulture, $"Tell me a tale, {asker} {i}.");
                using var ask = MoneyWorld.Ask(prompt, maxTokens: 60, stream);
                using var answer = await gateway.Http.SendAsync(ask);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode && (!stream || text.Contains("data: [DONE]", StringComparison.Ordinal)))
                {
                    finished(answer.Headers.GetValues("x-wye-request-id").Single(), TimeProvider.System.GetTimestamp());
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task<HttpStatusCode> AskAsync(GatewayProcess gateway, int number, bool stream)
    {
        try
        {
            var prompt = string.Create(CultureInfo.InvariantCulture, $"Go on, {number}.");
            using var ask = MoneyWorld.Ask(prompt, maxTokens: 200, stream);
            using var answer = await gateway.Http.SendAsync(ask);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.BadGateway;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
