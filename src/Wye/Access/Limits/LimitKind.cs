namespace Wye.Access.Limits;

/// <summary>Which limit of a key is meant.</summary>
public enum LimitKind
{
    /// <summary>Requests in 60 s.</summary>
    Requests,

    /// <summary>Tokens in 60 s.</summary>
    Tokens,

    /// <summary>Requests that run at once.</summary>
    Concurrency,
}
