using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Testing;

namespace Wye.Learning.Training;

/// <summary>An own-written labelled set with a known truth: hard words make the weak model fail.</summary>
internal static class TinyWorld
{
    private static readonly string[] Hard =
    [
        "integral",
        "tensor",
        "quantum",
        "manifold",
        "eigenvalue",
        "theorem",
        "lattice",
        "entropy",
    ];
    private static readonly string[] Filler =
    [
        "tell",
        "me",
        "about",
        "the",
        "and",
        "some",
        "of",
        "with",
        "please",
        "what",
    ];

    public static LabelledSet Set(int count = 600, ulong seed = 1, string name = "tiny")
    {
        var random = new Gaussian(seed);
        string[] models = ["middling", "strong", "weak"];
        var queries = new List<LabelledQuery>();
        float[] scores = new float[count * 3];
        double[] costs = new double[count * 3];
        float[] tokens = new float[count * 3];
        for (int q = 0; q < count; q++)
        {
            bool hard = random.NextUniform() < 0.5;
            IReadOnlyList<string> theme = hard ? Hard : TinyWords.Easy;
            var words = new List<string>();
            for (int w = 0; w < 12; w++)
                words.Add(
                    random.NextUniform() < 0.35
                        ? theme[random.NextBelow(theme.Count)]
                        : Filler[random.NextBelow(Filler.Length)]
                );
            string prompt = FormattableString.Invariant($"{string.Join(' ', words)} number {q}");
            queries.Add(
                new LabelledQuery(
                    $"q{q}",
                    hard ? "science" : "life",
                    hard ? "science" : "life",
                    prompt,
                    "",
                    "",
                    QuestionKey.Of(prompt)
                )
            );
            double[] right = hard ? [0.6, 0.9, 0.2] : [0.9, 0.92, 0.9];
            for (int m = 0; m < 3; m++)
            {
                scores[(q * 3) + m] = random.NextUniform() < right[m] ? 1 : 0;
                costs[(q * 3) + m] =
                    (
                        m == 1 ? 10
                        : m == 0 ? 3
                        : 1
                    ) * (hard ? 2e-4 : 1e-4);
                tokens[(q * 3) + m] = hard ? 200 : 100;
            }
        }

        return new LabelledSet
        {
            Name = name,
            Queries = queries,
            Models = models,
            Scores = scores,
            Costs = costs,
            OutputTokens = tokens,
            Hash = new string('0', 64),
        };
    }

    public static TrainerOptions Options { get; } =
        new()
        {
            LatentWidth = 16,
            Cells = 8,
            Forests = [(2, 30), (3, 20)],
            ModelForests = [(3, 20)],
        };
}
