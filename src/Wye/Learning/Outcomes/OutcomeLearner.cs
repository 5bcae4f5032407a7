using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Quality.Prior;

namespace Wye.Learning.Outcomes;

/// <summary>Adds judgements of served answers up, and publishes what they say. Thread-safe; takes a judgement back exactly.</summary>
internal sealed class OutcomeLearner(LiveOutcomes live)
{
    /// <summary>
    /// Judgements that the mean correction is not worth. More than a probe's: these come one by one, from whoever cares to judge.
    /// </summary>
    public const float Pseudo = 50;

    private readonly Lock _gate = new();
    private readonly Lock _fitting = new();
    private readonly Dictionary<(string Basis, string Model), ResidualSums> _sums = [];
    private readonly HashSet<(string Basis, string Model)> _changed = [];

    /// <summary>Adds what a judgement says, in place of an earlier one; decisions hear of it by <see cref="Publish"/>.</summary>
    /// <param name="judgement">What is said now; null = nothing.</param>
    /// <param name="earlier">What is not said any more; null = nothing.</param>
    public void Learn(Judgement? judgement, Judgement? earlier = null)
    {
        lock (_gate)
        {
            Add(earlier, -1);
            Add(judgement, 1);
        }
    }

    /// <summary>Forgets what was learned and not yet published.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _sums.Clear();
            _changed.Clear();
        }
    }

    private void Add(Judgement? judgement, int sign)
    {
        if (judgement?.Expected is not { } expected)
            return;
        (string Basis, string Model) key = (expected.Basis, judgement.Model.Value);
        if (!_sums.TryGetValue(key, out ResidualSums? sums))
            _sums.Add(key, sums = new ResidualSums());
        sums.Add(expected.Position, judgement.Missed, sign);
        _changed.Add(key);
    }

    /// <summary>Lets decisions know all that was learned before. Callers who come while another fits share the next fit.</summary>
    public void Publish()
    {
        lock (_fitting)
        {
            (string Basis, string Model)[] changed;
            lock (_gate)
            {
                changed = [.. _changed];
                _changed.Clear();
            }

            var fitted = new Dictionary<(string Basis, string Model), ResidualModel>();
            foreach ((string Basis, string Model) key in changed)
            {
                ResidualSums sums;
                lock (_gate)
                    sums = _sums[key].Copy();
                fitted.Add(key, sums.Fit(Pseudo));
            }

            if (fitted.Count > 0)
                live.Publish(live.Current.With(fitted));
        }
    }
}
