namespace Wye.Routing.Plans;

/// <summary>The kind of reason for which a candidate was removed, in the order in which they are looked at.</summary>
public enum RemovalCause
{
    /// <summary>Any other reason.</summary>
    Other,

    /// <summary>The key may not use the model.</summary>
    NotAllowed,

    /// <summary>Nothing serves the model.</summary>
    NoDeployment,

    /// <summary>The provider no longer serves it.</summary>
    Retired,

    /// <summary>Its provider stands in another region.</summary>
    Region,

    /// <summary>Its provider lacks a compliance tag.</summary>
    Compliance,

    /// <summary>Its price per token is above what the route allows, or unknown where that is bounded.</summary>
    Price,

    /// <summary>It cannot do what the request asks.</summary>
    Capability,

    /// <summary>The request does not fit its context window.</summary>
    ContextWindow,

    /// <summary>More output is asked for than it can give.</summary>
    OutputLimit,

    /// <summary>It does not carry the tags that were asked for.</summary>
    Tags,

    /// <summary>It is left alone after failures.</summary>
    CoolingDown,

    /// <summary>Its first content was observed to come later than the route allows.</summary>
    Latency,

    /// <summary>Less of its rate limits is left than the route demands.</summary>
    Headroom,

    /// <summary>Its price is unknown and money is bounded.</summary>
    UnknownPrice,

    /// <summary>Its expected cost is above the cap.</summary>
    Cost,

    /// <summary>The budget runs out, and its tier is one that the route's ladder then replaces.</summary>
    Budget,
}
