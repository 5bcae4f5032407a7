using Wye.Testing;

namespace Wye.Ledger.Writing;

/// <summary>A store in memory whose appends wait for the test's leave.</summary>
internal sealed class GatedStore : IDisposable
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _leave = new(0);

    public GatedStore() =>
        Memory = new MemoryLedgerStore
        {
            OnAppend = count =>
            {
                _entered.Release();
                _leave.Wait();
                OnAppend?.Invoke(count);
            },
        };

    public MemoryLedgerStore Memory { get; }

    /// <summary>Called once the append has leave.</summary>
    public Action<int>? OnAppend { get; set; }

    /// <summary>Returns when an append has begun and waits for leave.</summary>
    public Task AppendBegunAsync() =>
        _entered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Lets this many appends pass.</summary>
    public void Allow(int appends = 1) => _leave.Release(appends);

    public void Dispose()
    {
        Allow(1000);
        _entered.Dispose();
    }
}
