namespace Wye.Routing.Shrinking;

/// <summary>What becomes of a deployment that cools down.</summary>
internal enum CoolingRule
{
    /// <summary>It is removed, as is what misses the route's live criteria.</summary>
    Remove,

    /// <summary>It is removed, but the live criteria are waived: nobody meets them.</summary>
    WaiveCriteria,

    /// <summary>It stays unless its provider asked to be left alone: nothing else is left, and the last target is never ejected.</summary>
    KeepUnlessParked,

    /// <summary>It stays: its node's fallback edge leads on.</summary>
    Keep,
}
