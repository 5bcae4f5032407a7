namespace Wye.Cli.Reports;

/// <summary>How much of the answered requests a tier took.</summary>
/// <param name="Name">The tier.</param>
/// <param name="Requests">Requests it answered.</param>
/// <param name="Share">Of all answered, 0..1.</param>
internal sealed record TierShare(string Name, long Requests, double Share)
{
    /// <summary>What it shall take, where there are three tiers; null = nothing is said.</summary>
    public (double Least, double Most)? Target { get; init; }

    /// <summary>Whether it is within its target; null = it has none.</summary>
    public bool? IsWithin => Target is { } target ? Share >= target.Least && Share <= target.Most : null;
}
