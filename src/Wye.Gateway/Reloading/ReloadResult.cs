namespace Wye.Gateway.Reloading;

/// <summary>What came of a try to reload.</summary>
internal enum ReloadResult
{
    /// <summary>The configuration read at start is in force; nothing was reloaded yet.</summary>
    Started,

    /// <summary>The new configuration is in force.</summary>
    Applied,

    /// <summary>It has errors; the last good one stays in force.</summary>
    Rejected,
}
