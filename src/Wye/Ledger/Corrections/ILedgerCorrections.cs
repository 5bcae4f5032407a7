using Wye.Primitives;

namespace Wye.Ledger.Corrections;

/// <summary>Keeps corrections: rows that are added and never changed. Thread-safe.</summary>
public interface ILedgerCorrections
{
    /// <summary>Adds one; durable when it returns.</summary>
    /// <exception cref="ArgumentException">Its id is taken.</exception>
    /// <exception cref="LedgerUnavailableException">Nothing was written.</exception>
    Task AddAsync(Correction correction, CancellationToken cancellationToken);

    /// <summary>All of them, or those of one request; oldest first.</summary>
    /// <param name="request">Whose; null = all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be read.</exception>
    Task<IReadOnlyList<Correction>> AllAsync(RequestId? request, CancellationToken cancellationToken);
}
