namespace Wye.Routing.Shrinking;

/// <summary>What becomes of a deployment that cools down.</summary>
internal enum CoolingRule
{
    /// <summary>It is removed.</summary>
    Remove,

    /// <summary>It stays unless its provider asked to be left alone: nothing else is left, and the last target is never ejected.</summary>
    KeepUnlessParked,

    /// <summary>It stays: its node's fallback edge leads on.</summary>
    Keep,
}
