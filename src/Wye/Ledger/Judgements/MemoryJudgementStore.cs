using Wye.Primitives;

namespace Wye.Ledger.Judgements;

/// <summary>The newest judgements in memory, for hosts without a store of their own. Gone with the process. Thread-safe.</summary>
/// <param name="capacity">Judgements kept; one that is gone can be given again, and then counts twice.</param>
internal sealed class MemoryJudgementStore(int capacity = 100_000) : IJudgementStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RequestId, Judgement> _byRequest = [];
    private readonly Queue<RequestId> _order = new();

    /// <inheritdoc/>
    public Task<Judgement?> PutAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        lock (_gate)
        {
            var earlier = _byRequest.GetValueOrDefault(judgement.Request);
            if (earlier is null)
            {
                if (_order.Count == capacity)
                {
                    _byRequest.Remove(_order.Dequeue());
                }

                _order.Enqueue(judgement.Request);
            }

            _byRequest[judgement.Request] = judgement;
            return Task.FromResult(earlier);
        }
    }

    /// <inheritdoc/>
    public Task<Judgement?> FindAsync(RequestId request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_byRequest.GetValueOrDefault(request));
        }
    }

    /// <inheritdoc/>
    public Task VisitExpectedAsync(Action<Judgement> visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visit);
        Judgement[] all;
        lock (_gate)
        {
            all = [.. _byRequest.Values.Where(one => one.Expected is not null)];
        }

        foreach (var judgement in all)
        {
            visit(judgement);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JudgedModel>> ModelsAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<JudgedModel>>([
                .. _byRequest
                    .Values.Where(one => one.At >= from && one.At < until)
                    .GroupBy(one => one.Model)
                    .OrderBy(all => all.Key.Value, StringComparer.Ordinal)
                    .Select(all => new JudgedModel(
                        all.Key,
                        all.Count(),
                        all.Sum(one => (long)one.Score) / (double)all.Count() / QualityExpectation.Whole,
                        all.Count(one => one.Expected is not null)
                    )),
            ]);
        }
    }
}
