namespace Wye.Learning.Evaluation;

/// <summary>Names by which a part of the stack is asked for.</summary>
internal static class EstimatorNames
{
    /// <summary>Names that are always understood.</summary>
    public static IReadOnlyList<string> Known { get; } = ["blend", "ngram", "clusters", "neighbours", "tasks"];

    // Finer parts of today's stack, for those who want to look closer.
    private static readonly string[] s_finer = ["shared", "latent", "scalars", "topics", "forest"];

    /// <summary>Complains of a name that no stack has, before anything is trained; null = some stack may have it.</summary>
    public static string? Complaint(string asked) =>
        Known.Concat(s_finer).Any(known => asked.StartsWith(known, StringComparison.Ordinal))
            ? null
            : $"There is no estimator '{asked}'. Known: {string.Join(", ", Known)}.";

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
