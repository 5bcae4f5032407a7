using System.Buffers;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>OpenAI's errors: words and envelope.</summary>
internal static class OpenAiErrors
{
    public static WireError Word(ErrorCause cause, int status, SimulatedCall? call) =>
        cause switch
        {
            ErrorCause.BadJson => new WireError(
                status,
                "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly.)"
            ),
            ErrorCause.BadKey => new WireError(
                status,
                "Incorrect API key provided.",
                "invalid_request_error",
                "invalid_api_key"
            ),
            ErrorCause.UnknownModel => new WireError(
                status,
                $"The model `{call?.ModelName}` does not exist or you do not have access to it.",
                null,
                "model_not_found"
            ),
            ErrorCause.OutputLimit => WireError.Invalid(
                "max_tokens",
                $"max_tokens is too large: {call?.MaxTokens}. This model supports at most {call?.Model.MaxOutputTokens} completion tokens, whereas you provided {call?.MaxTokens}."
            ),
            ErrorCause.ContextLength => new WireError(
                status,
                TooLong(call),
                "invalid_request_error",
                "context_length_exceeded",
                "messages"
            ),
            ErrorCause.TooLarge => new WireError(status, "The request body is too large."),
            ErrorCause.RateLimit => new WireError(status, null, "requests", "rate_limit_exceeded"),
            ErrorCause.Quota => new WireError(
                status,
                "You exceeded your current quota, please check your plan and billing details.",
                "insufficient_quota",
                "insufficient_quota"
            ),
            ErrorCause.Overloaded => new WireError(status, "Overloaded", "overloaded_error"),
            _ => new WireError(status),
        };

    public static void Write(IBufferWriter<byte> body, WireError error)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message ?? UsualMessage(error.Status));
        json.WriteString("type"u8, error.Type ?? UsualType(error.Status));
        json.WriteString("param"u8, error.Parameter);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TooLong(SimulatedCall? call)
    {
        var asked = (long)(call?.PromptTokens ?? 0) + (call?.MaxTokens ?? 0);
        return asked > call?.Model.ContextTokens
            ? $"This model's maximum context length is {call.Model.ContextTokens} tokens. However, you requested {asked} tokens ({call.PromptTokens} in the messages, {call.MaxTokens ?? 0} in the completion). Please reduce the length of the messages or completion."
            : "This model's maximum context length is exceeded. Please reduce the length of the messages.";
    }

    private static string UsualType(int status) =>
        status switch
        {
            429 => "rate_limit_error",
            >= 500 => "server_error",
            403 => "permission_error",
            _ => "invalid_request_error",
        };

    private static string UsualMessage(int status) =>
        status switch
        {
            429 => "Rate limit reached. Please try again later.",
            503 => "The engine is currently overloaded, please try again later.",
            >= 500 => "The server had an error while processing your request. Sorry about that!",
            _ => "The request was refused.",
        };
}
