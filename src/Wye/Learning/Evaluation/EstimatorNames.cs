namespace Wye.Learning.Evaluation;

/// <summary>Names by which a part of the stack is asked for.</summary>
internal static class EstimatorNames
{
    /// <summary>Names that are always understood.</summary>
    public static IReadOnlyList<string> Known { get; } = ["blend", "ngram", "clusters", "neighbours", "tasks"];

    /// <summary>The part an asked name stands for: itself, or the last that begins with it ("neighbours" is the widest search).</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string Resolve(string asked, IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.FirstOrDefault(p => string.Equals(p, asked, StringComparison.Ordinal))
            ?? all.LastOrDefault(p => p.StartsWith(asked, StringComparison.Ordinal))
            ?? throw new InvalidDataException(
                $"There is no estimator '{asked}'. Known: {string.Join(", ", Known)}; parts of this stack: {string.Join(", ", all)}."
            );
    }
}
