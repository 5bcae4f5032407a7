namespace Wye.Routing.Plans;

/// <summary>Edge targets that end a plan.</summary>
public static class PlanEnd
{
    /// <summary>Deliver the answer at hand.</summary>
    public const int Deliver = -1;

    /// <summary>Deliver the best answer so far, marked so in <c>why</c>; without one, refuse.</summary>
    public const int BestSoFar = -2;

    /// <summary>Refuse with the error of the last event.</summary>
    public const int Refuse = -3;
}
