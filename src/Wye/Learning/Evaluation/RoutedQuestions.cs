using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>All that a report needs: what was observed, and what every router chose at every setting of its knob.</summary>
internal sealed record RoutedQuestions
{
    /// <summary>One router or baseline.</summary>
    /// <param name="Name">Name in tables.</param>
    /// <param name="Sweep">Its choices.</param>
    internal sealed record Router(string Name, ChoiceSweep Sweep);

    /// <summary>Id per question.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Task label per question.</summary>
    public required string[] Tasks { get; init; }

    /// <summary>What was observed.</summary>
    public required PoolOutcome Outcome { get; init; }

    /// <summary>Whether costs are USD; else they count strong calls.</summary>
    public required bool Priced { get; init; }

    /// <summary>The router that is measured, then the baselines.</summary>
    public required IReadOnlyList<Router> Routers { get; init; }

    /// <summary>Quality the measured router predicts; empty when it predicts none. [questions × models].</summary>
    public required float[] Quality { get; init; }

    /// <summary>Cost in USD the measured router predicts; empty when it predicts none. [questions × models].</summary>
    public double[] Cost { get; init; } = [];

    /// <summary>Score the choice is ranked by (pairs); empty for pools.</summary>
    public float[] Score { get; init; } = [];

    /// <summary>Choice of the best constant model per task, given the label; empty when unknown.</summary>
    public required int[] TaskConstant { get; init; }
}
