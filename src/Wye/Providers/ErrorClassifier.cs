using System.Globalization;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;

namespace Wye.Providers;

/// <summary>Tells the classes of provider errors apart, so that only what may help is done next.</summary>
internal static class ErrorClassifier
{
    private static readonly string[] QuotaCodes =
    [
        "insufficient_quota",
        "enforced_spend_limit_reached",
        "billing_hard_limit_reached",
        "billing_not_active",
        "quota_exceeded",
        "insufficient_credits",
        "billing_error",
        "credit_limit",
        "blocked_api_access",
    ];

    private static readonly string[] QuotaPhrases =
    [
        "credit balance is too low",
        "insufficient balance",
        "insufficient credits",
        "doesn't have any credits",
        "used all available credits",
        "spending limit",
        "api usage limits",
        "out of call volume quota",
    ];

    private static readonly string[] RateCodes =
    [
        "rate_limit_exceeded",
        "rate_limit_error",
        "too_many_requests",
        "rate_limited",
        "RateLimitReached",
    ];

    private static readonly string[] OverloadCodes = ["overloaded_error", "overloaded", "engine_overloaded"];
    private static readonly string[] KeyCodes =
    [
        "invalid_api_key",
        "authentication_error",
        "permission_error",
        "organization_restricted",
    ];

    private static readonly string[] KeyPhrases = ["api key not valid", "invalid api key", "incorrect api key"];
    private static readonly string[] ModelCodes =
    [
        "model_not_found",
        "model_decommissioned",
        "DeploymentNotFound",
        "not_found_error",
        "model_not_available",
        "invalid_model",
    ];

    private static readonly string[] ModelPhrases = ["model not exist"];
    private static readonly string[] ContextCodes = ["context_length_exceeded", "string_above_max_length"];

    private static readonly string[] ContextPhrases =
    [
        "maximum context length",
        "context length",
        "context window",
        "prompt is too long",
        "input is too long",
        "too many input tokens",
        "input token count",
        "exceed context limit",
        "exceeds the maximum number of tokens",
        "maximum prompt length",
        "maximum model length",
        "tokens + `max_new_tokens` must be",
    ];

    private static readonly string[] PolicyCodes =
    [
        "content_filter",
        "content_policy_violation",
        "ResponsibleAIPolicyViolation",
        "moderation_blocked",
    ];

    private static readonly string[] PolicyPhrases =
    [
        "content filtering policy",
        "content management policy",
        "blocked by our content policy",
        "flagged as potentially violating",
        "your input was flagged",
        "violates usage guidelines",
        "content exists risk",
    ];

    /// <summary>The error of an answer with an error status.</summary>
    public static ChatError Classify(int status, WireError wire, TimeSpan? retryAfter) =>
        new(
            KindOfWords(status, wire.Type, wire.Code, wire.Message) ?? KindOfStatus(status),
            wire.Message ?? string.Create(CultureInfo.InvariantCulture, $"The provider answered with status {status}.")
        )
        {
            Status = status,
            Code = wire.Code ?? wire.Type,
            Param = wire.Param,
            RetryAfter = retryAfter ?? wire.RetryAfter,
        };

    /// <summary>The error of an answer with status 200 or of a stream: the words are all there is to go by.</summary>
    public static ChatError Refine(ChatError error)
    {
        // The status tells a provider's failure from one of Wye's own: without it a key of ours that the provider refuses looks
        // like the caller's.
        error = error with
        {
            Status = error.Status ?? 200,
        };
        if (error.Code is null)
        {
            return error;
        }

        // Some servers put an HTTP status into the body.
        var status =
            int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 400 and < 600
                ? number
                : 0;
        var kind =
            KindOfWords(status == 0 ? 400 : status, error.Code, error.Code, error.Message)
            ?? (status == 0 ? error.Kind : KindOfStatus(status));
        return error with { Kind = kind };
    }

    private static FailureKind? KindOfWords(int status, string? type, string? code, string? message)
    {
        // Any of these names says more than the status it came with.
        var named =
            Is(QuotaCodes, type, code) ? FailureKind.QuotaExhausted
            : Is(RateCodes, type, code) ? FailureKind.RateLimited
            : Is(OverloadCodes, type, code) ? FailureKind.Overloaded
            : Is(ContextCodes, type, code) ? FailureKind.ContextLength
            : Is(PolicyCodes, type, code) ? FailureKind.ContentPolicy
            : Is(ModelCodes, type, code) ? FailureKind.ModelNotFound
            : Is(KeyCodes, type, code) ? FailureKind.Unauthorized
            : (FailureKind?)null;

        // Phrases are only trusted where the status leaves the class open: some servers answer 412 or 429 when the money is out.
        if (named is not null || message is null || status is not (400 or 403 or 412 or 413 or 422 or 429))
        {
            return named;
        }

        if (Holds(message, QuotaPhrases))
        {
            return FailureKind.QuotaExhausted;
        }

        return status is 412 or 429 ? null
            : Holds(message, ContextPhrases) ? FailureKind.ContextLength
            : Holds(message, KeyPhrases) ? FailureKind.Unauthorized
            : Holds(message, PolicyPhrases) ? FailureKind.ContentPolicy
            : Holds(message, ModelPhrases) ? FailureKind.ModelNotFound
            : null;
    }

    private static FailureKind KindOfStatus(int status) =>
        status switch
        {
            401 or 403 => FailureKind.Unauthorized,
            402 => FailureKind.QuotaExhausted,
            404 or 410 => FailureKind.ModelNotFound,
            408 or 409 => FailureKind.ServerError,
            425 or 498 => FailureKind.Overloaded,
            429 => FailureKind.RateLimited,
            503 or 529 => FailureKind.Overloaded,
            >= 500 => FailureKind.ServerError,
            >= 400 => FailureKind.BadRequest,

            // A redirect is not followed, and any other status is no answer to a chat.
            _ => FailureKind.BadResponse,
        };

    private static bool Is(string[] names, string? type, string? code)
    {
        foreach (var name in names)
        {
            if (
                string.Equals(name, code, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, type, StringComparison.OrdinalIgnoreCase)
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(string message, string[] phrases)
    {
        foreach (var phrase in phrases)
        {
            if (message.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
