namespace Wye.Simulator.Faults;

/// <summary>Why a call fails, before a dialect gives it a status and words.</summary>
internal enum ErrorCause
{
    /// <summary>Nothing but the status is known.</summary>
    Status,

    /// <summary>The body is not JSON.</summary>
    BadJson,

    /// <summary>No key, or an unknown one.</summary>
    BadKey,

    /// <summary>Nobody plays a model of that name.</summary>
    UnknownModel,

    /// <summary>More output is allowed for than the model can give.</summary>
    OutputLimit,

    /// <summary>Input and output do not fit into the context.</summary>
    ContextLength,

    /// <summary>The body has too many bytes.</summary>
    TooLarge,

    /// <summary>Too many requests.</summary>
    RateLimit,

    /// <summary>The account has no credit left.</summary>
    Quota,

    /// <summary>The provider as a whole is overloaded.</summary>
    Overloaded,
}
