using System.Collections.Immutable;
using System.Net;

namespace Wye.Simulator.Faults;

/// <summary>One thing that goes wrong with one call. Immutable; vary it with <c>with</c>.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; private init; }

    /// <summary>Status of <see cref="FaultKind.Status"/>; of <see cref="FaultKind.ErrorEvent"/> the one its error would have had.</summary>
    public int StatusCode { get; init; } = 200;

    /// <summary>Headers sent beside the usual ones.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } =
        ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    /// <summary>The error's <c>type</c>; null: the usual one for the status.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The error's <c>code</c>; null: none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error's <c>message</c>; null: the usual one for the status.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>A body sent instead of the dialect's error envelope; null: the envelope.</summary>
    public string? Body { get; init; }

    /// <summary>Content type of <see cref="Body"/>. Default "text/html".</summary>
    public string ContentType { get; init; } = "text/html";

    /// <summary>Content chunks sent before a fault in a stream; 0: before any content.</summary>
    public int AfterChunks { get; init; }

    /// <summary>Length of a delay or stall, or pause between dripped bytes; null: until the caller leaves (drip: 1 s).</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Size of a huge line in bytes.</summary>
    public int Bytes { get; init; }

    /// <summary>Who pays. Default <see cref="FaultBilling.ByRule"/>.</summary>
    public FaultBilling Billing { get; init; }

    /// <summary>What a dialect words the error by.</summary>
    internal ErrorCause Cause { get; private init; }

    /// <summary>When a rate limit resets, in OpenAI's notation; null: no rate limit headers of the dialect.</summary>
    internal string? LimitReset { get; private init; }

    /// <summary>Nothing goes wrong: a place holder in scripts.</summary>
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>F04 and any other status with the dialect's error body.</summary>
    /// <param name="status">400..599.</param>
    /// <param name="retryAfter">Sent as <c>retry-after</c> as it is: seconds, a date, or nonsense.</param>
    /// <param name="retryAfterMs">Sent as <c>retry-after-ms</c>.</param>
    public static Fault Status(int status, string? retryAfter = null, string? retryAfterMs = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        var fault = new Fault(FaultKind.Status) { StatusCode = status };
        fault = retryAfter is null ? fault : fault.WithHeader("retry-after", retryAfter);
        return retryAfterMs is null ? fault : fault.WithHeader("retry-after-ms", retryAfterMs);
    }

    /// <summary>F01: 429 with the rate limit headers of the dialect.</summary>
    /// <param name="retryAfter">See <see cref="Status"/>.</param>
    /// <param name="resetRequests">
    /// Sent as <c>x-ratelimit-reset-requests</c>, for example "6m0s"; in the Anthropic dialect as the time it falls on, nonsense as
    /// it is. Default "1s".
    /// </param>
    public static Fault RateLimited(string? retryAfter = "1", string resetRequests = "1s") =>
        Status(429, retryAfter) with
        {
            Cause = ErrorCause.RateLimit,
            LimitReset = resetRequests,
        };

    /// <summary>F02: the account has no credit left: 429 in the OpenAI dialect, 400 in the Anthropic one.</summary>
    public static Fault InsufficientQuota() => Status(429) with { Cause = ErrorCause.Quota };

    /// <summary>F03: 529, the provider as a whole is overloaded.</summary>
    /// <param name="retryAfter">See <see cref="Status"/>.</param>
    public static Fault Overloaded(string? retryAfter = null) =>
        Status(529, retryAfter) with
        {
            Cause = ErrorCause.Overloaded,
        };

    /// <summary>F04: an error page from a proxy on the way.</summary>
    public static Fault Html(int status) =>
        Status(status) with
        {
            Body =
                $"<html><head><title>{status} {(HttpStatusCode)status}</title></head><body><center><h1>{status} {(HttpStatusCode)status}</h1></center></body></html>",
        };

    /// <summary>F17: 400, the prompt is longer than the context.</summary>
    public static Fault ContextLength() => Status(400) with { Cause = ErrorCause.ContextLength };

    /// <summary>F18: 404, no such model.</summary>
    public static Fault ModelNotFound() => Status(404) with { Cause = ErrorCause.UnknownModel };

    /// <summary>F18: 401, the key is wrong.</summary>
    public static Fault Unauthorized() => Status(401) with { Cause = ErrorCause.BadKey };

    /// <summary>F05: see <see cref="FaultKind.Reset"/>.</summary>
    public static Fault Reset() => new(FaultKind.Reset);

    /// <summary>F07: see <see cref="FaultKind.NoHeaders"/>.</summary>
    /// <param name="duration">Null: until the caller leaves; else the answer comes after it.</param>
    public static Fault NoHeaders(TimeSpan? duration = null) => new(FaultKind.NoHeaders) { Duration = duration };

    /// <summary>F07: see <see cref="FaultKind.DripHeaders"/>.</summary>
    public static Fault DripHeaders(TimeSpan? pause = null) => new(FaultKind.DripHeaders) { Duration = pause };

    /// <summary>A slow start; see <see cref="FaultKind.Delay"/>.</summary>
    public static Fault Delay(TimeSpan duration) => new(FaultKind.Delay) { Duration = duration };

    /// <summary>F08: see <see cref="FaultKind.TruncatedJson"/>.</summary>
    public static Fault TruncatedJson() => new(FaultKind.TruncatedJson);

    /// <summary>F08: see <see cref="FaultKind.InvalidJson"/>.</summary>
    public static Fault InvalidJson() => new(FaultKind.InvalidJson);

    /// <summary>F09: see <see cref="FaultKind.EmptyChoices"/>.</summary>
    public static Fault EmptyChoices() => new(FaultKind.EmptyChoices);

    /// <summary>F09: see <see cref="FaultKind.NullContent"/>.</summary>
    public static Fault NullContent() => new(FaultKind.NullContent);

    /// <summary>F10: see <see cref="FaultKind.StallBeforeContent"/>.</summary>
    public static Fault StallBeforeContent(TimeSpan? duration = null) =>
        new(FaultKind.StallBeforeContent) { Duration = duration };

    /// <summary>F11: see <see cref="FaultKind.StallMidStream"/>.</summary>
    public static Fault StallMidStream(int afterChunks = 2, TimeSpan? duration = null) =>
        new(FaultKind.StallMidStream) { AfterChunks = afterChunks, Duration = duration };

    /// <summary>F12: see <see cref="FaultKind.CutStream"/>.</summary>
    public static Fault CutStream(int afterChunks = 2) => new(FaultKind.CutStream) { AfterChunks = afterChunks };

    /// <summary>F12: see <see cref="FaultKind.EndWithoutFinish"/>.</summary>
    public static Fault EndWithoutFinish(int afterChunks = 2) =>
        new(FaultKind.EndWithoutFinish) { AfterChunks = afterChunks };

    /// <summary>F12: see <see cref="FaultKind.EndWithoutDone"/>.</summary>
    public static Fault EndWithoutDone() => new(FaultKind.EndWithoutDone) { AfterChunks = int.MaxValue };

    /// <summary>F12: see <see cref="FaultKind.HalfLine"/>.</summary>
    public static Fault HalfLine(int afterChunks = 2) => new(FaultKind.HalfLine) { AfterChunks = afterChunks };

    /// <summary>F13: see <see cref="FaultKind.MalformedChunk"/>.</summary>
    public static Fault MalformedChunk(int afterChunks = 2) =>
        new(FaultKind.MalformedChunk) { AfterChunks = afterChunks };

    /// <summary>F13: see <see cref="FaultKind.HugeLine"/>.</summary>
    public static Fault HugeLine(int bytes = 10 << 20, int afterChunks = 2) =>
        new(FaultKind.HugeLine) { Bytes = bytes, AfterChunks = afterChunks };

    /// <summary>F14: see <see cref="FaultKind.ErrorEvent"/>; <paramref name="afterChunks"/> 0: before content.</summary>
    public static Fault ErrorEvent(int afterChunks = 0) =>
        new(FaultKind.ErrorEvent) { AfterChunks = afterChunks, StatusCode = 500 };

    /// <summary>F15: see <see cref="FaultKind.DuplicateChunks"/>.</summary>
    public static Fault DuplicateChunks() => new(FaultKind.DuplicateChunks);

    /// <summary>F15: see <see cref="FaultKind.ReorderedChunks"/>.</summary>
    public static Fault ReorderedChunks() => new(FaultKind.ReorderedChunks);

    /// <summary>F16: see <see cref="FaultKind.ContentFilter"/>.</summary>
    public static Fault ContentFilter() => new(FaultKind.ContentFilter);

    /// <summary>F19: see <see cref="FaultKind.EndlessStream"/>.</summary>
    public static Fault EndlessStream() => new(FaultKind.EndlessStream);

    /// <summary>F20: see <see cref="FaultKind.UsageMissing"/>.</summary>
    public static Fault UsageMissing() => new(FaultKind.UsageMissing);

    /// <summary>F20: see <see cref="FaultKind.UsageNegative"/>.</summary>
    public static Fault UsageNegative() => new(FaultKind.UsageNegative);

    /// <summary>F20: see <see cref="FaultKind.UsageAbsurd"/>.</summary>
    public static Fault UsageAbsurd() => new(FaultKind.UsageAbsurd);

    /// <summary>The same fault with one more header.</summary>
    public Fault WithHeader(string name, string value) => this with { Headers = Headers.SetItem(name, value) };
}
