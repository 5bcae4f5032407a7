namespace Wye.Quality.Routers;

/// <summary>How well a gate tells right answers from wrong ones, measured on answers it was not trained on.</summary>
internal sealed record GateProfile
{
    /// <summary>Lower edges of the score bins, ascending; the first is 0.</summary>
    public required float[] From { get; init; }

    /// <summary>P(score in bin | the answer is right). [bins], sums to 1.</summary>
    public required float[] GivenRight { get; init; }

    /// <summary>P(score in bin | the answer is wrong). [bins], sums to 1.</summary>
    public required float[] GivenWrong { get; init; }

    /// <summary>Share of right answers among those measured.</summary>
    public required double Prior { get; init; }

    /// <summary>P(a right answer scores above a wrong one), ties counted half.</summary>
    public required double Auroc { get; init; }

    /// <summary>Answers measured.</summary>
    public required int Answers { get; init; }

    /// <summary>Cost of one verdict in USD; 0 for a gate that calls nobody.</summary>
    public double CostUsd { get; init; }

    /// <summary>Usual time of one verdict, in microseconds.</summary>
    public double Microseconds { get; init; }
}
