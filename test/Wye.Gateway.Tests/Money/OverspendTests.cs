using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Wye.Gateway.Faults;

namespace Wye.Gateway.Money;

/// <summary>A01: two processes, one store file, one budget: settled + reserved ≤ limit at every instant.</summary>
[Collection(nameof(MoneyCollection))]
public sealed class OverspendTests
{
    private const int Clients = 64;
    private const int RefusalsToStop = 3;

    // 0.02 USD: some six hundred calls as they turn out, far fewer as they are reserved.
    private const long Limit = 20_000_000_000;
    private const string History = "SELECT settled, reserved FROM history ORDER BY seq";

    [Fact]
    public async Task TwoProcesses_NeverOverspendOneBudget_AlsoWhenOneIsKilled()
    {
        var rounds = Sizes.Number("WYE_A01_ROUNDS", 2);
        var killed = Sizes.Number("WYE_A01_KILLS", 1);
        var random = new Random(17 + Sizes.FirstRound);
        for (var round = 0; round < rounds; round++)
        {
            await RunAsync(round, kill: round % (rounds / killed) == 0, random);
        }
    }

    [Fact]
    public async Task Checker_SeesADeliberatelyNaiveStore()
    {
        await using var world = await MoneyWorld.StartAsync(budgets: null);
        world.Execute(
            "INSERT INTO accounts (budget, spender, period, start_us, settled_pusd, reserved_pusd, updated_us) "
                + "VALUES ('naive', '', 'Total', 0, 0, 0, 0)"
        );

        // Checks, and then acts, each in a transaction of its own.
        using var together = new Barrier(8);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Factory.StartNew(() => SpendNaively(world, together), TaskCreationOptions.LongRunning)
                )
        );

        BalanceHistory.Overspent(world.Query(History), limit: 1_000).ShouldBeGreaterThan(0);
    }

    private static void SpendNaively(MoneyWorld world, Barrier together)
    {
        using var connection = world.Connect();
        for (var i = 0; i < 40; i++)
        {
            var left = 1_000 - (long)Run(connection, "SELECT settled_pusd + reserved_pusd FROM accounts")!;
            together.SignalAndWait();
            if (left >= 30)
            {
                Run(connection, "UPDATE accounts SET settled_pusd = settled_pusd + 30");
            }
        }
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static async Task RunAsync(int round, bool kill, Random random)
    {
        await using var world = await MoneyWorld.StartAsync("{ all: { limit: 0.02, window: total } }");
        var first = await world.AddGatewayAsync();
        var second = await world.AddGatewayAsync();
        var granted = 0;
        var refused = 0;
        var busy = 0;
        var other = 0;
        var clients = Enumerable.Range(0, Clients).Select(i => SpendAsync(i % 2 == 0 ? first : second, i)).ToList();
        if (kill)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200 + random.Next(1_200)), TimeProvider.System);
            await second.KillAsync();
        }

        await Task.WhenAll(clients);
        var freed = await world.UntilNothingIsReservedAsync(TimeSpan.FromSeconds(20));

        var over = BalanceHistory.Overspent(world.Query(History), Limit);
        var settled = world.Number("SELECT settled_pusd FROM accounts");
        var recorded = world.Number("SELECT coalesce(sum(cost_pusd), 0) FROM calls");
        var billed = (long)world.Simulator.Bill.TotalPicoUsd;
        Sizes.Record(
            "A01",
            ("round", Sizes.FirstRound + round),
            ("killed", kill ? 1 : 0),
            ("granted", granted),
            ("refused", refused),
            ("store_busy", busy),
            ("other", other),
            ("balances_replayed", world.Number("SELECT count(*) FROM history")),
            ("over_limit_picodollars", over),
            ("used_percent", Math.Round(100.0 * settled / Limit, 2)),
            ("unrecorded_calls", world.Unrecorded()),
            ("freed_ms", freed is { } time ? (long)time.TotalMilliseconds : -1)
        );
        over.ShouldBe(0);
        freed.ShouldNotBeNull("something stays reserved");
        settled.ShouldBe(recorded);
        settled.ShouldBeLessThanOrEqualTo(Limit);
        billed.ShouldBeLessThanOrEqualTo(settled);
        world.Unrecorded().ShouldBe(0);
        refused.ShouldBeGreaterThan(0, "the budget was never reached");
        busy.ShouldBe(0, "a neighbour that writes is no reason to refuse");
        if (!kill)
        {
            other.ShouldBe(0);
            billed.ShouldBe(settled);
        }

        async Task SpendAsync(GatewayProcess gateway, int client)
        {
            for (var (i, refusals) = (0, 0); refusals < RefusalsToStop; i++)
            {
                var prompt = string.Create(CultureInfo.InvariantCulture, $"Say something kind, {client} {i}.");
                try
                {
                    using var ask = MoneyWorld.Ask(prompt, maxTokens: 300, stream: i % 2 == 1);
                    using var answer = await gateway.Http.SendAsync(ask);
                    if (answer.StatusCode == HttpStatusCode.PaymentRequired)
                    {
                        refusals++;
                        Interlocked.Increment(ref refused);
                    }
                    else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    {
                        // A false refusal: the other process kept the file locked for longer than a request waits.
                        Interlocked.Increment(ref busy);
                    }
                    else
                    {
                        Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref granted : ref other);
                    }
                }
                catch (HttpRequestException)
                {
                    // Its gateway was killed.
                    Interlocked.Increment(ref other);
                    return;
                }
            }
        }
    }
}
