namespace Wye.Routing.Selection.Learned;

/// <summary>What <c>learned</c> optimises.</summary>
internal enum Objective
{
    /// <summary>The cheapest model whose expected quality reaches the bar, else the best.</summary>
    Bar,

    /// <summary>Strong or weak by one threshold on the gain.</summary>
    Threshold,

    /// <summary>Sliders of quality, cost and speed.</summary>
    Utility,

    /// <summary>Quality less λ times cost.</summary>
    Tradeoff,
}
