using Wye.Quality.Estimates;

namespace Wye.Quality.Prior;

/// <summary>Whose measured quality speaks for a model.</summary>
/// <param name="Head">Number of the measured model.</param>
/// <param name="Raise">Added to it, in log-odds.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Measured">Name of the measured model.</param>
internal readonly record struct ModelProfile(int Head, float Raise, EstimateSource Source, string Measured)
{
    /// <summary>Questions of a probe set that corrects it; 0 = none.</summary>
    public int Probed { get; init; }

    /// <summary>Whether Wye guessed it: then a stronger tier must not fall below a weaker one.</summary>
    public bool IsGuess => Source is EstimateSource.Family or EstimateSource.Tier;

    /// <summary>Whether another model's profile stands in.</summary>
    public bool StandsIn => Source != EstimateSource.Own;

    /// <summary>The measured model's quality, raised.</summary>
    public float Raised(float value)
    {
        if (Raise == 0)
            return value;
        float odds = Math.Clamp(value, 1e-4f, 1 - 1e-4f);
        odds = odds / (1 - odds) * MathF.Exp(Raise);
        return odds / (1 + odds);
    }

    /// <summary>What the estimate rests on beside the router, for programs: another profile gives another text.</summary>
    public string Basis => FormattableString.Invariant($"{Measured}/{Raise}/{Probed}");

    /// <summary>The steps in words, with that of outcomes.</summary>
    /// <param name="judged">Judgements that correct it; 0 = none.</param>
    public string WordsWith(int judged) =>
        judged > 0
            ? FormattableString.Invariant($"{Words}, corrected by {judged} {(judged == 1 ? "outcome" : "outcomes")}")
            : Words;

    /// <summary>The step in words, e.g. <c>like gpt-4o, raised 0.30 (built-in table)</c>.</summary>
    public string Words =>
        Found switch
        {
            EstimateSource.Own => $"own answers ({Measured})",
            EstimateSource.Like => $"like {Measured}{RaisedWords} (configured)",
            EstimateSource.Family => $"like {Measured}{RaisedWords} (built-in table)",
            _ => $"like {Measured}{RaisedWords} (its tier)",
        }
        + (
            Probed > 0
                ? FormattableString.Invariant(
                    $", corrected by {Probed} probe {(Probed == 1 ? "question" : "questions")}"
                )
                : ""
        );

    /// <summary>How it was found before a probe corrected it.</summary>
    public EstimateSource Found { get; init; } = Source;

    private string RaisedWords =>
        Raise > 0 ? FormattableString.Invariant($", raised {Raise:0.00}")
        : Raise < 0 ? FormattableString.Invariant($", lowered {-Raise:0.00}")
        : "";
}
