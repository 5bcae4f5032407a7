using Wye.Chat;
using Wye.Quality.Estimates;
using Wye.Quality.Heads;

namespace Wye.Quality.Prior;

/// <summary><c>prior</c>: quality of any pool from a router's measured models, each through its profile.</summary>
/// <remarks>
/// A profile that Wye guessed never falls below the estimates of weaker tiers on the same prompt. Immutable and thread-safe.
/// </remarks>
internal sealed class PriorEstimator : IQualityEstimator
{
    private const int OnStack = 128;

    // Judgement, in the unit of quality: how much less is known when another model speaks.
    private const float LikeDoubt = 0.05f;
    private const float FamilyDoubt = 0.10f;
    private const float TierDoubt = 0.15f;

    private readonly IQualityEstimator _measured;
    private readonly ModelProfile[] _profiles;
    private readonly int[] _ranks;
    private readonly int[] _byRank;
    private readonly ProbedRouter? _probes;

    /// <summary>Takes the pool.</summary>
    /// <param name="measured">What the router measured.</param>
    /// <param name="models">Names of the pool's models.</param>
    /// <param name="profiles">Their profiles.</param>
    /// <param name="ranks">Ranks of their tiers; 0 = in none, then it neither lifts nor is lifted.</param>
    /// <param name="probes">Corrections by probe sets; null = none.</param>
    public PriorEstimator(
        IQualityEstimator measured,
        string[] models,
        ModelProfile[] profiles,
        int[] ranks,
        ProbedRouter? probes = null
    )
    {
        (_measured, Models, _profiles, _ranks, _probes) = (measured, models, profiles, ranks, probes);
        _byRank = [.. Enumerable.Range(0, models.Length).Where(m => ranks[m] > 0).OrderBy(m => ranks[m])];
    }

    /// <inheritdoc/>
    public string Name => "prior";

    /// <inheritdoc/>
    public IReadOnlyList<string> Models { get; }

    /// <inheritdoc/>
    public ValueTask<PreparedPrompt?> PrepareAsync(ChatRequest request, CancellationToken cancellationToken) =>
        _measured.PrepareAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Estimate(PromptScoring prompt, Span<QualityEstimate> estimates)
    {
        int heads = _measured.Models.Count;
        Span<QualityEstimate> measured =
            heads <= OnStack ? stackalloc QualityEstimate[heads] : new QualityEstimate[heads];
        _measured.Estimate(prompt, measured);
        for (int m = 0; m < _profiles.Length; m++)
        {
            ModelProfile profile = _profiles[m];
            QualityEstimate own = measured[profile.Head];
            estimates[m] = new QualityEstimate(
                profile.Raised(own.Value),
                own.Uncertainty + Doubt(profile),
                profile.Source
            );
        }

        if (_probes is not null)
            Correct(prompt, _probes, estimates);
        Lift(estimates);
    }

    private static void Correct(PromptScoring prompt, ProbedRouter probes, Span<QualityEstimate> estimates)
    {
        ReadOnlySpan<float> position = prompt.Position(probes.Router);
        for (int m = 0; m < estimates.Length; m++)
        {
            if (probes.Corrections[m] is not { } correction)
                continue;
            float value = estimates[m].Value + correction.Of(position);
            estimates[m] = estimates[m] with { Value = Math.Clamp(value, 0, 1) };
        }
    }

    private void Lift(Span<QualityEstimate> estimates)
    {
        float floor = 0;
        float seen = 0;
        int rank = 0;
        foreach (int m in _byRank)
        {
            if (_ranks[m] > rank)
                (rank, floor) = (_ranks[m], seen);
            if (_profiles[m].IsGuess && estimates[m].Value < floor)
                estimates[m] = estimates[m] with { Value = floor };
            seen = Math.Max(seen, estimates[m].Value);
        }
    }

    // A probe of n questions leaves what n pseudo-questions would.
    private static float Doubt(in ModelProfile profile) =>
        profile.Probed > 0
            ? DoubtOf(profile.Found) * ProbeCorrection.Pseudo / (ProbeCorrection.Pseudo + profile.Probed)
            : DoubtOf(profile.Found);

    private static float DoubtOf(EstimateSource found) =>
        found switch
        {
            EstimateSource.Own => 0,
            EstimateSource.Like => LikeDoubt,
            EstimateSource.Family => FamilyDoubt,
            _ => TierDoubt,
        };
}
