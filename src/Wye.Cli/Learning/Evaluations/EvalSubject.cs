using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Which models are measured on which sets.</summary>
internal sealed record EvalSubject
{
    /// <summary>Numbers of the sets that have the models.</summary>
    public required int[] Sets { get; init; }

    /// <summary>Weak and strong; null for a pool.</summary>
    public (string Weak, string Strong)? Pair { get; init; }

    /// <summary>Models of the pool; empty for a pair.</summary>
    public string[] Pool { get; init; } = [];

    /// <summary>Why some sets are not measured.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    public static EvalSubject Of(EvalRequest request, Corpus corpus, int measured, RouterSnapshot? router)
    {
        (string Weak, string Strong)? pair = request.Pair;
        string[] pool = request.Pool;
        if (pair is null && pool.Length == 0)
            (pair, pool) = Guess(corpus, measured, router);
        string[] models = pair is { } two ? [two.Weak, two.Strong] : pool;
        var sets = new List<int>();
        var skipped = new List<string>();
        for (int s = 0; s < measured; s++)
        {
            LabelledSet set = corpus.Sets[s];
            string? missing = models.FirstOrDefault(m => set.IndexOf(m) < 0);
            if (missing is null)
                sets.Add(s);
            else
                skipped.Add(
                    $"set '{set.Name}' has no answers of model '{missing}'. {UnknownModel.Hint(missing, set.Models)}"
                );
        }

        return sets.Count == 0
            ? throw new CliFailureException(
                string.Concat(char.ToUpperInvariant(skipped[0][0]).ToString(), skipped[0].AsSpan(1))
            )
            : new EvalSubject
            {
                Sets = [.. sets],
                Pair = pair,
                Pool = pool,
                Skipped = skipped,
            };
    }

    // A router says what it serves; a set of two models leaves no choice.
    private static ((string, string)? Pair, string[] Pool) Guess(Corpus corpus, int measured, RouterSnapshot? router)
    {
        if (router is { Pairs.Count: 1 })
            return ((router.Pairs[0].Weak, router.Pairs[0].Strong), []);
        if (
            router is { Models.Count: > 1 }
            && corpus.Sets.Take(measured).Any(s => router.Models.All(m => s.IndexOf(m) >= 0))
        )
            return (null, [.. router.Models]);
        if (corpus.Sets.Take(measured).All(s => s.Models.Count == 2))
        {
            LabelledSet set = corpus.Sets[0];
            double[] means =
            [
                .. Enumerable
                    .Range(0, 2)
                    .Select(m =>
                        Enumerable
                            .Range(0, set.Queries.Count)
                            .Select(q => (double)set.Score(q, m))
                            .Where(v => !double.IsNaN(v))
                            .DefaultIfEmpty(0)
                            .Average()
                    ),
            ];
            int weak = means[0] <= means[1] ? 0 : 1;
            return ((set.Models[weak], set.Models[1 - weak]), []);
        }

        throw new CliFailureException(
            $"Name what to measure: --pair weak,strong or --pool m1,m2,… The data has {corpus.Sets.Take(measured).SelectMany(s => s.Models).Distinct(StringComparer.Ordinal).Count()} models.",
            ExitCodes.Usage
        );
    }
}
