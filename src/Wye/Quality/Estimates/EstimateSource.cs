namespace Wye.Quality.Estimates;

/// <summary>Where an estimate of a model comes from, best first.</summary>
internal enum EstimateSource
{
    /// <summary>The router was trained on the model's own answers.</summary>
    Own,

    /// <summary>Any of the others, corrected by judgements of the model's served answers.</summary>
    Outcomes,

    /// <summary>Another model's profile, corrected by the model's answers to a small probe set.</summary>
    Probe,

    /// <summary>The configuration names a measured model that it is like.</summary>
    Like,

    /// <summary>The built-in table names a measured model that it resembles.</summary>
    Family,

    /// <summary>Only its tier is known: the tier's usual profile stands in.</summary>
    Tier,
}
