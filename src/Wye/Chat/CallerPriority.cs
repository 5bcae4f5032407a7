namespace Wye.Chat;

/// <summary>How much a request may be degraded when money or capacity runs short.</summary>
public enum CallerPriority
{
    /// <summary>First to be degraded or shed.</summary>
    Low,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Never degraded.</summary>
    Critical,
}
