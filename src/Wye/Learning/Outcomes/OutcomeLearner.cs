using System.Runtime.InteropServices;
using Wye.Quality.Heads;
using Wye.Quality.Prior;

namespace Wye.Learning.Outcomes;

/// <summary>Adds judgements of served answers up, and publishes what they say. Thread-safe; takes a judgement back exactly.</summary>
internal sealed class OutcomeLearner(LiveOutcomes live)
{
    /// <summary>
    /// Judgements that no correction is worth. More than a probe's: these come one by one, from whoever cares to judge, and
    /// none of them may move an estimate by more than <see cref="MostMove"/>.
    /// </summary>
    public const float Pseudo = 50;

    /// <summary>Most that one judgement, given, changed or taken back, moves an estimate.</summary>
    public const double MostMove = 0.05;

    private const double Unit = 1e-6;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Basis, string Model), Sums> _sums = [];

    /// <summary>Adds what judgements say, with negative counts what they no longer say.</summary>
    /// <param name="lessons">All that changes at once.</param>
    public void Learn(IReadOnlyCollection<Lesson> lessons)
    {
        lock (_gate)
        {
            var changed = new Dictionary<(string Basis, string Model), CellCorrection>();
            foreach (Lesson lesson in lessons)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                    (uint)lesson.Cell,
                    (uint)EstimateScratch.Limit,
                    nameof(lessons)
                );
                ref Sums? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    _sums,
                    (lesson.Basis, lesson.Model),
                    out _
                );
                (sums ??= new Sums()).Add(lesson);
            }

            foreach (Lesson lesson in lessons)
                changed[(lesson.Basis, lesson.Model)] = _sums[(lesson.Basis, lesson.Model)].Correction();
            if (changed.Count > 0)
                live.Publish(live.Current.With(changed));
        }
    }

    /// <summary>Judgements of one model's answers in one cell.</summary>
    /// <param name="Basis">What was expected rests on.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Cell">The cell, 0..1023.</param>
    /// <param name="Count">How many; negative = taken back.</param>
    /// <param name="Missed">Sum of score less expected quality, in millionths.</param>
    internal readonly record struct Lesson(string Basis, string Model, int Cell, int Count, long Missed);

    /// <summary>One model's sums: whole numbers, so that order does not matter and nothing is left of what was taken back.</summary>
    private sealed class Sums
    {
        private int[] _counts = [];
        private long[] _missed = [];

        public void Add(in Lesson lesson)
        {
            if (lesson.Cell >= _counts.Length)
            {
                Array.Resize(ref _counts, lesson.Cell + 1);
                Array.Resize(ref _missed, lesson.Cell + 1);
            }

            _counts[lesson.Cell] += lesson.Count;
            _missed[lesson.Cell] += lesson.Missed;
        }

        public CellCorrection Correction() =>
            CellCorrection.Of([.. _counts], Array.ConvertAll(_missed, sum => sum * Unit), Pseudo);
    }
}
