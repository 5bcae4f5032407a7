using System.Collections.Concurrent;
using System.Globalization;
using Wye.Bench.Harness;
using Wye.Ledger.Budgets;
using Wye.Ledger.Writing;
using Wye.Primitives;
using Wye.Sqlite;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>
/// What the ledger costs a request: the intent and reservation before its call, the settlement after it, group commit to a SQLite
/// file. Processor time is that of the whole process, less that of the same flows without a ledger.
/// </summary>
internal static class LedgerBench
{
    private const int UpstreamMilliseconds = 20;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private static readonly BudgetShare[] Budgets =
    [
        new(new Budget { Name = "all", Limit = Usd.FromDollars(1_000_000) }, ""),
        new(
            new Budget
            {
                Name = "each-key",
                Scope = BudgetScope.Key,
                Window = BudgetWindow.Day,
                Limit = Usd.FromDollars(1_000_000),
            },
            "key1"
        ),
    ];

    /// <param name="folder">Where the database is made; a disk's, not memory's.</param>
    /// <param name="output">Takes the table.</param>
    public static async Task RunAsync(string folder, TextWriter output)
    {
        await output.WriteLineAsync(
            $"ledger on the request path: opening + settlement, SQLite, calls of {UpstreamMilliseconds} ms between them"
        );
        await output.WriteLineAsync(
            $"{"mode, callers at once", -34} {"req/s", 8} {"p50 us", 9} {"p99 us", 9} {"cpu us", 9} {"bytes", 9} {"steps", 7}"
        );
        // The first run only warms the code up.
        await LineAsync(TextWriter.Null, folder, "", default, Budgets, callers: 64, SqliteDurability.Normal);
        foreach (var callers in (int[])[1, 16, 64, 256])
        {
            var none = await MeasureAsync(store: null, [], callers);
            await LineAsync(output, folder, "no budget", none, [], callers, SqliteDurability.Normal);
            await LineAsync(output, folder, "two hard budgets", none, Budgets, callers, SqliteDurability.Normal);
            await LineAsync(output, folder, "two hard budgets, fsync", none, Budgets, callers, SqliteDurability.Full);
        }
    }

    private static async Task LineAsync(
        TextWriter output,
        string folder,
        string what,
        Result none,
        BudgetShare[] budgets,
        int callers,
        SqliteDurability durability
    )
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db");
        await using var counted = new CountedStore(
            SqliteLedgerStore.Open(new SqliteOptions { Path = path, Durability = durability })
        );
        var result = await MeasureAsync(counted, budgets, callers);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{$"{what}, {callers}", -34} {result.PerSecond, 8:0} {result.P50, 9:0} {result.P99, 9:0} {result.Cpu - none.Cpu, 9:0.0} {result.Bytes - none.Bytes, 9:0} {counted.StepsPerCommit, 7:0.0}"
            )
        );
    }

    private static async Task<Result> MeasureAsync(CountedStore? store, BudgetShare[] budgets, int callers)
    {
        var writer = store is null ? null : new LedgerWriter(store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var waits = new ConcurrentQueue<double>();
        var flows = Enumerable.Range(0, callers).Select(i => FlowAsync(writer, budgets, i, waits, stop.Token)).ToList();
        await Task.Delay(Warmup, TimeProvider.System);
        waits.Clear();
        store?.Clear();
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var started = TimeProvider.System.GetTimestamp();
        await Task.Delay(Measured, TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var sorted = waits.ToArray();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        await stop.CancelAsync();
        await Task.WhenAll(flows);
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        Array.Sort(sorted);
        return new Result(
            sorted.Length / seconds,
            sorted[sorted.Length / 2],
            sorted[(int)(sorted.Length * 0.99)],
            cpu.TotalMicroseconds / sorted.Length,
            (double)bytes / sorted.Length
        );
    }

    private static async Task FlowAsync(
        LedgerWriter? writer,
        BudgetShare[] budgets,
        int flow,
        ConcurrentQueue<double> waits,
        CancellationToken stop
    )
    {
        await Task.Yield();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"req_{flow:D4}_{i:D9}");
            var opening = A.Opening(id, 1, 1_000_000, budgets);
            var opened = await TimedAsync(writer?.OpenAsync(opening) ?? default);
            await Task.Delay(
                TimeSpan.FromMilliseconds(UpstreamMilliseconds),
                TimeProvider.System,
                CancellationToken.None
            );
            var record = A.Settled(id, 400_000);
            waits.Enqueue(opened + await TimedAsync(writer?.SettleAsync(record, CancellationToken.None) ?? default));
        }
    }

    private static async ValueTask<double> TimedAsync(ValueTask wait)
    {
        var started = TimeProvider.System.GetTimestamp();
        await wait;
        return TimeProvider.System.GetElapsedTime(started).TotalMicroseconds;
    }

    /// <summary>What a run showed; the rest is per request.</summary>
    private readonly record struct Result(double PerSecond, double P50, double P99, double Cpu, double Bytes);
}
