namespace Wye.Routing.Selection.Learned;

/// <summary>A candidate as an objective sees it.</summary>
/// <param name="Quality">Expected quality, 0..1.</param>
/// <param name="Cost">Expected cost of the request in USD; NaN = a price is unknown.</param>
/// <param name="Milliseconds">Observed latency; NaN = not observed.</param>
internal readonly record struct CandidateScore(double Quality, double Cost, double Milliseconds)
{
    /// <summary>The cost where an unknown one counts as the dearest.</summary>
    public double Dearness => double.IsNaN(Cost) ? double.PositiveInfinity : Cost;
}
