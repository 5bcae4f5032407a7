using System.Buffers;
using System.Text.Json;

namespace Wye.Simulator.Wire;

/// <summary>OpenAI's error envelope.</summary>
internal static class OpenAiErrors
{
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
