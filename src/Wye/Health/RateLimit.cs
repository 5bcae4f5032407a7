namespace Wye.Health;

/// <summary>Which stated limit of a deployment is reached.</summary>
public enum RateLimit
{
    /// <summary>None.</summary>
    None,

    /// <summary>Requests per minute.</summary>
    Requests,

    /// <summary>Tokens per minute.</summary>
    Tokens,
}
