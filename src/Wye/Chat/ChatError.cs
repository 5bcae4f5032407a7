using Wye.Primitives;

namespace Wye.Chat;

/// <summary>A failure as a value. Never holds a secret.</summary>
/// <param name="Kind">What decides about what happens next.</param>
/// <param name="Message">What is wrong, for the caller.</param>
public sealed record ChatError(FailureKind Kind, string Message)
{
    /// <summary>HTTP status the provider gave; null = none reached us.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's or Wye's machine-readable code, e.g. <c>context_length_exceeded</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The part of the request that is wrong, e.g. <c>messages[3].role</c>.</summary>
    public string? Param { get; init; }

    /// <summary>Tokens the provider says it bills although its answer is none; null = it said nothing.</summary>
    public Usage? Usage { get; init; }

    /// <summary>How long to leave this target alone, as the provider asked; null = not said.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
