using Wye.Ledger;

namespace Wye.Hosting;

/// <summary>Where a host without the gateway keeps its ledger. A choice that has to be made: nothing is the default.</summary>
public sealed class LedgerChoice
{
    private LedgerChoice(Func<ILedgerStore>? open) => Open = open;

    /// <summary>The <see cref="ILedgerStore"/> that the host registers, e.g. the embedded one of <c>Wye.Sqlite</c>.</summary>
    public static LedgerChoice Registered { get; } = new(open: null);

    /// <summary>Nothing is kept. Each answer still says what it cost; nobody can look it up or add it up later.</summary>
    public static LedgerChoice None { get; } = new(static () => new NoLedgerStore());

    /// <summary>The newest requests in memory, and exact sums since the start. Gone with the process.</summary>
    /// <param name="capacity">Requests kept, at least 1.</param>
    public static LedgerChoice InMemory(int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return new(() => new RecentLedgerStore(capacity));
    }

    /// <summary>Makes the store; null = the host registers it.</summary>
    internal Func<ILedgerStore>? Open { get; }
}
