using System.Collections.Concurrent;
using System.Globalization;
using Wye.Testing;

namespace Wye.Ledger.Writing;

public sealed class LedgerWriterLoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EveryWaitEnds_AndTheStoreHoldsExactlyWhatWasAcknowledged(int seed)
    {
        const int callers = 16;
        const int each = 300;
        var random = new Random(seed);
        var store = new MemoryLedgerStore
        {
            // Called by the writer's thread alone.
            OnAppend = _ =>
            {
                switch (random.Next(10))
                {
                    case 0:
                        throw new LedgerUnavailableException("out");
                    case 1:
                        throw new InvalidOperationException("odd");
                }
            },
        };
        var acknowledged = new ConcurrentBag<string>();
        var refused = new ConcurrentBag<string>();
        await using (var writer = new LedgerWriter(store, TimeProvider.System, new() { MaxBatch = 8 }))
        {
            await Task.WhenAll(
                Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(writer, caller), Token))
            );
            (writer.Recorded, writer.Refused).ShouldBe((acknowledged.Count, refused.Count));
        }

        (acknowledged.Count + refused.Count).ShouldBe(callers * each);
        refused.ShouldNotBeEmpty();
        store
            .Records.Select(record => record.Request.Id.Value)
            .Order(StringComparer.Ordinal)
            .ShouldBe(acknowledged.Order(StringComparer.Ordinal));

        async Task CallAsync(LedgerWriter writer, int caller)
        {
            for (var i = 0; i < each; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"req_{caller}_{i}");
                try
                {
                    await writer.SettleAsync(A.LedgerRecord(id, 1), Token);
                    acknowledged.Add(id);
                }
                catch (LedgerUnavailableException)
                {
                    refused.Add(id);
                }
            }
        }
    }

    [Fact]
    public async Task Settle_InSteadyState_AllocatesNothingForItsCaller()
    {
        await using var writer = new LedgerWriter(new NullStore(), TimeProvider.System);
        var record = A.LedgerRecord("a", 1);
        SettleMany(writer, record, 1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        SettleMany(writer, record, 1_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
    }

    // Not awaited, so that the measuring thread stays the same.
    private static void SettleMany(LedgerWriter writer, LedgerRecord record, int count)
    {
        var spin = new SpinWait();
        for (var i = 0; i < count; i++)
        {
            var wait = writer.SettleAsync(record, CancellationToken.None);
            while (!wait.IsCompleted)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            wait.GetAwaiter().GetResult();
        }
    }
}
