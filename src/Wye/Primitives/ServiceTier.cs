namespace Wye.Primitives;

/// <summary>How fast a provider serves a call, and at which of its prices.</summary>
public enum ServiceTier
{
    /// <summary>As usual.</summary>
    Standard,

    /// <summary>Later, cheaper, many at once.</summary>
    Batch,

    /// <summary>Slower and cheaper.</summary>
    Flex,

    /// <summary>Faster and dearer.</summary>
    Priority,
}
