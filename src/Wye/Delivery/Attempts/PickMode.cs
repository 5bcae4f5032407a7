namespace Wye.Delivery.Attempts;

/// <summary>Which deployments of a node may take the call.</summary>
internal enum PickMode
{
    /// <summary>Any, in balancing order.</summary>
    Any,

    /// <summary>Only those this visit of the node has not called yet.</summary>
    Fresh,

    /// <summary>The one that has rested longest, although it cools down; only those this request has not called yet.</summary>
    Forced,
}
