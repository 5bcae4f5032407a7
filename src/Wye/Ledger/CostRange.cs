using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>A cost that nobody paid: what it would have been, between two bounds.</summary>
/// <param name="Low">At least.</param>
/// <param name="Expected">If the other model had used the same tokens.</param>
/// <param name="High">At most.</param>
public readonly record struct CostRange(Usd Low, Usd Expected, Usd High)
{
    /// <summary>Whether it is known exactly: the model is the one that answered.</summary>
    public bool IsExact => Low == High;
}
