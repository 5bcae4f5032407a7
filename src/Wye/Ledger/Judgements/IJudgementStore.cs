using Wye.Primitives;

namespace Wye.Ledger.Judgements;

/// <summary>Keeps judgements, one per request. Thread-safe.</summary>
public interface IJudgementStore
{
    /// <summary>Keeps one in place of the request's earlier one; durable when it returns, where the store is.</summary>
    /// <returns>The one it replaced; null = there was none.</returns>
    /// <exception cref="LedgerUnavailableException">Nothing was written.</exception>
    Task<Judgement?> PutAsync(Judgement judgement, CancellationToken cancellationToken);

    /// <summary>The judgement of a request; null = there is none.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be read.</exception>
    Task<Judgement?> FindAsync(RequestId request, CancellationToken cancellationToken);

    /// <summary>Shows every judgement with an expectation, one after another in any order; comments may be left out.</summary>
    /// <param name="visit">Called for each, before the task ends.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be read; some may have been shown.</exception>
    Task VisitExpectedAsync(Action<Judgement> visit, CancellationToken cancellationToken);

    /// <summary>How models were judged in a span of time, by name.</summary>
    /// <param name="from">Included.</param>
    /// <param name="until">Excluded.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be read.</exception>
    Task<IReadOnlyList<JudgedModel>> ModelsAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );
}
