namespace Wye.Dialects;

/// <summary>What an error body says; every part may be missing.</summary>
/// <param name="Message">Text for people, at most 1,000 characters; null = none.</param>
/// <param name="Type">E.g. <c>invalid_request_error</c>.</param>
/// <param name="Code">E.g. <c>context_length_exceeded</c>.</param>
/// <param name="Param">The part of the request that is wrong.</param>
public readonly record struct WireError(string? Message, string? Type, string? Code, string? Param)
{
    /// <summary>How long to wait, where the body says it, e.g. Google's <c>RetryInfo</c>; null = not said.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
