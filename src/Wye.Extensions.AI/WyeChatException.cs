using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>A request failed; the message says what is wrong and, where the caller can mend it, how.</summary>
public sealed class WyeChatException : Exception
{
    /// <summary>Without details.</summary>
    public WyeChatException()
        : this("The request failed.") { }

    /// <summary>With what is wrong.</summary>
    public WyeChatException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public WyeChatException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Why it failed.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Internal;

    /// <summary>Machine-readable code, e.g. <c>context_length_exceeded</c>; null = none.</summary>
    public string? Code { get; init; }

    /// <summary>The part of the request that is wrong; null = none named.</summary>
    public string? Param { get; init; }

    /// <summary>How long to wait before another try; null = not said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the answer would have come from and what was spent; null = the request was refused unread.</summary>
    public WyeProvenance? Provenance { get; init; }
}
