using System.Buffers;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Anthropic's errors: words and envelope (platform.claude.com/docs/en/api/errors).</summary>
internal static class AnthropicErrors
{
    public static WireError Word(ErrorCause cause, int status, SimulatedCall? call) =>
        cause switch
        {
            ErrorCause.BadJson => new WireError(status, "The request body is not valid JSON."),
            ErrorCause.BadKey => new WireError(status, "invalid x-api-key"),
            ErrorCause.UnknownModel => new WireError(status, $"model: {call?.ModelName}"),
            ErrorCause.OutputLimit => new WireError(
                status,
                $"max_tokens: {call?.MaxTokens} > {call?.Model.MaxOutputTokens}, which is the maximum allowed number of output tokens for {call?.Model.Name}"
            ),
            ErrorCause.ContextLength => new WireError(status, TooLong(call)),
            ErrorCause.TooLarge => new WireError(status, "Request exceeds the maximum size"),
            // An empty account is no rate limit here: it is answered like a bad request.
            ErrorCause.Quota => new WireError(
                status == 429 ? 400 : status,
                "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."
            ),
            ErrorCause.Overloaded => new WireError(status, "Overloaded", "overloaded_error"),
            _ => new WireError(status),
        };

    /// <param name="body">Where to.</param>
    /// <param name="error">What.</param>
    /// <param name="requestId">Null: not known yet, left out.</param>
    public static void Write(IBufferWriter<byte> body, WireError error, string? requestId)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, error.Type ?? UsualType(error.Status));
        json.WriteString("message"u8, error.Message ?? UsualMessage(error.Status));
        json.WriteEndObject();
        if (requestId is not null)
        {
            json.WriteString("request_id"u8, requestId);
        }

        json.WriteEndObject();
    }

    private static string TooLong(SimulatedCall? call)
    {
        var limit = call?.Model.ContextTokens ?? 0;
        var prompt = call?.PromptTokens ?? 0;
        return prompt <= limit && (long)prompt + (call?.MaxTokens ?? 0) > limit
            ? $"input length and `max_tokens` exceed context limit: {prompt} + {call?.MaxTokens} > {limit}, decrease input length or `max_tokens` and try again"
            : $"prompt is too long: {Math.Max(prompt, limit + 1)} tokens > {limit} maximum";
    }

    private static string UsualType(int status) =>
        status switch
        {
            401 => "authentication_error",
            402 => "billing_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            504 => "timeout_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };

    private static string UsualMessage(int status) =>
        status switch
        {
            403 => "Your API key does not have permission to use the specified resource.",
            404 => "Not found",
            429 => "This request would exceed your organization's rate limit. Please try again later.",
            504 => "The request timed out while processing.",
            529 => "Overloaded",
            >= 500 => "Internal server error",
            _ => "The request was refused.",
        };
}
