namespace Wye.Learning.Reading;

/// <summary>Questions with the score, and where known the cost, of several models' answers.</summary>
internal sealed class LabelledSet
{
    /// <summary>Name of the set: its folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The questions, in file order.</summary>
    public required IReadOnlyList<LabelledQuery> Queries { get; init; }

    /// <summary>Model names, sorted ordinally.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Quality 0..1, NaN where missing. [queries × models], row-major.</summary>
    public required float[] Scores { get; init; }

    /// <summary>Cost in USD, NaN where unknown. [queries × models], row-major.</summary>
    public required double[] Costs { get; init; }

    /// <summary>Output tokens (measured, else estimated), NaN where unknown. [queries × models], row-major.</summary>
    public required float[] OutputTokens { get; init; }

    /// <summary>SHA-256 over the files read, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The same answers to the same questions, told otherwise.</summary>
    public LabelledSet With(IReadOnlyList<LabelledQuery> queries) =>
        new()
        {
            Name = Name,
            Queries = queries,
            Models = Models,
            Scores = Scores,
            Costs = Costs,
            OutputTokens = OutputTokens,
            Hash = Hash,
        };

    /// <summary>Column of a model, or −1.</summary>
    public int IndexOf(string model)
    {
        for (int m = 0; m < Models.Count; m++)
        {
            if (string.Equals(Models[m], model, StringComparison.Ordinal))
                return m;
        }

        return -1;
    }

    /// <summary>Score of one answer, NaN when missing.</summary>
    public float Score(int query, int model) => Scores[(query * Models.Count) + model];

    /// <summary>Cost of one answer in USD, NaN when unknown.</summary>
    public double Cost(int query, int model) => Costs[(query * Models.Count) + model];
}
