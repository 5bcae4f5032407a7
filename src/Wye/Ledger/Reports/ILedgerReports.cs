namespace Wye.Ledger.Reports;

/// <summary>Reads sums of the ledger over a range of days (UTC). Thread-safe.</summary>
public interface ILedgerReports
{
    /// <summary>Sums over requests, by day, key, route, tier and model.</summary>
    /// <param name="from">First day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be read.</exception>
    Task<IReadOnlyList<SpendRow>> SpendAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken);

    /// <summary>Sums over upstream calls, by day, deployment and cause.</summary>
    /// <param name="from">First day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be read.</exception>
    Task<IReadOnlyList<CallRow>> CallsAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken);
}
