namespace Wye.Access;

/// <summary>What came of proving a key. For counters and logs only: callers are told the same for all but the first.</summary>
public enum KeyVerdict
{
    /// <summary>It is a key of the ring.</summary>
    Valid,

    /// <summary>Not the form of a key, an unknown id, or another secret.</summary>
    Unknown,

    /// <summary>Its secret was right; it is blocked.</summary>
    Blocked,

    /// <summary>Its secret was right; it has expired.</summary>
    Expired,
}
