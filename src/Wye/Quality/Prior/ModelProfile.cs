using Wye.Quality.Estimates;

namespace Wye.Quality.Prior;

/// <summary>Whose measured quality speaks for a model.</summary>
/// <param name="Head">Number of the measured model.</param>
/// <param name="Raise">Added to it, in log-odds.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Measured">Name of the measured model.</param>
internal readonly record struct ModelProfile(int Head, float Raise, EstimateSource Source, string Measured)
{
    /// <summary>Whether Wye guessed it: then a stronger tier must not fall below a weaker one.</summary>
    public bool IsGuess => Source is EstimateSource.Family or EstimateSource.Tier;

    /// <summary>Whether another model's profile stands in.</summary>
    public bool StandsIn => Source != EstimateSource.Own;

    /// <summary>The step in words, e.g. <c>like gpt-4o-2024-08-06, raised 0.30 (built-in table)</c>.</summary>
    public string Words =>
        Source switch
        {
            EstimateSource.Own => $"own answers ({Measured})",
            EstimateSource.Like => $"like {Measured}{Raised} (configured)",
            EstimateSource.Family => $"like {Measured}{Raised} (built-in table)",
            _ => $"like {Measured}{Raised} (its tier)",
        };

    private string Raised =>
        Raise > 0 ? FormattableString.Invariant($", raised {Raise:0.00}")
        : Raise < 0 ? FormattableString.Invariant($", lowered {-Raise:0.00}")
        : "";
}
