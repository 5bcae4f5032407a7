using Wye.Primitives;
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
    private readonly ResidualSums _copy = new();

    /// <summary>Adds what a judgement says, in place of an earlier one; decisions hear of it by <see cref="Publish"/>.</summary>
    /// <param name="said">What is said now; null = nothing that teaches.</param>
    /// <param name="unsaid">What is not said any more; null = nothing.</param>
    public void Learn(Lesson? said, Lesson? unsaid = null)
    {
        lock (_gate)
        {
            Add(unsaid, -1);
            Add(said, 1);
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

    private void Add(Lesson? lesson, int sign)
    {
        if (lesson is not { } one)
            return;
        (string Basis, string Model) key = (one.Basis, one.Model);
        if (!_sums.TryGetValue(key, out ResidualSums? sums))
            _sums.Add(key, sums = new ResidualSums());
        sums.Add(one.Position, one.Missed, sign);
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
                lock (_gate)
                    _sums[key].CopyTo(_copy);
                fitted.Add(key, _copy.Fit(Pseudo));
            }

            if (fitted.Count > 0)
                live.Publish(live.Current.With(fitted));
        }
    }

    /// <summary>What one judgement teaches.</summary>
    /// <param name="Basis">What was expected rests on.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Position">Where the prompt lies.</param>
    /// <param name="Missed">Score less expected quality, in millionths.</param>
    internal readonly record struct Lesson(string Basis, string Model, PromptPosition Position, int Missed);
}
