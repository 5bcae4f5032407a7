using System.Buffers;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire.Gemini;

/// <summary>Gemini's errors: words and envelope.</summary>
internal static class GeminiErrors
{
    public static WireError Word(ErrorCause cause, int status, SimulatedCall? call, string model) =>
        cause switch
        {
            ErrorCause.BadJson => new WireError(400, "Invalid JSON payload received."),
            // A wrong key is an invalid argument here.
            ErrorCause.BadKey => new WireError(400, "API key not valid. Please pass a valid API key."),
            ErrorCause.UnknownModel => new WireError(
                404,
                $"models/{model} is not found for API version v1beta, or is not supported for generateContent."
            ),
            ErrorCause.OutputLimit => new WireError(
                400,
                $"Unable to submit request because it has a maxOutputTokens value of {call?.MaxTokens} but the supported range is from 1 to {call?.Model.MaxOutputTokens}."
            ),
            ErrorCause.ContextLength => new WireError(
                400,
                $"The input token count ({call?.PromptTokens}) exceeds the maximum number of tokens allowed ({call?.Model.ContextTokens})."
            ),
            ErrorCause.TooLarge => new WireError(400, "Request payload size exceeds the limit."),
            ErrorCause.Quota => new WireError(
                429,
                "You exceeded your current quota, please check your plan and billing details.",
                "RESOURCE_EXHAUSTED"
            ),
            ErrorCause.Overloaded => new WireError(503, "The model is overloaded. Please try again later."),
            _ => new WireError(status),
        };

    public static void Write(IBufferWriter<byte> body, WireError error)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.Status);
        json.WriteString("message"u8, error.Message ?? UsualMessage(error.Status));
        json.WriteString("status"u8, error.Code ?? error.Type ?? UsualStatus(error.Status));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string UsualStatus(int status) =>
        status switch
        {
            400 => "INVALID_ARGUMENT",
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            499 => "CANCELLED",
            503 or 529 => "UNAVAILABLE",
            504 => "DEADLINE_EXCEEDED",
            _ => "INTERNAL",
        };

    private static string UsualMessage(int status) =>
        status switch
        {
            403 => "The caller does not have permission",
            404 => "Requested entity was not found.",
            429 => "Resource has been exhausted (e.g. check quota).",
            503 or 529 => "The service is currently unavailable.",
            504 => "Deadline expired before operation could complete.",
            >= 500 => "An internal error has occurred. Please retry.",
            _ => "Request contains an invalid argument.",
        };
}
