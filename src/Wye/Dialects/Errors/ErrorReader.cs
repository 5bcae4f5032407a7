using System.Globalization;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Errors;

/// <summary>Reads an error body of whatever shape: the envelopes of all dialects, their common variants, text, HTML, garbage.</summary>
internal static class ErrorReader
{
    private const int MaxNameLength = 128;

    /// <summary>The failure that an error event in a stream reports.</summary>
    public static ChatError OfEvent(ReadOnlySpan<byte> payload)
    {
        var wire = Read(payload);
        return new ChatError(FailureKind.ServerError, wire.Message ?? "The provider reported an error in the stream.")
        {
            Code = wire.Code ?? wire.Type,
            Param = wire.Param,
            RetryAfter = wire.RetryAfter,
        };
    }

    /// <summary>Reads a body; never throws, whatever the bytes.</summary>
    public static WireError Read(ReadOnlySpan<byte> body)
    {
        var found = default(Found);
        try
        {
            var json = new Utf8JsonReader(body);
            json.Read();
            ReadValue(ref json, ref found);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What was read before the break still counts; a body that is no JSON at all is taken as text.
        }

        if (found.Message is null && found.Code is null && found.Type is null)
        {
            found.Message = Encoding.UTF8.GetString(body[..Math.Min(body.Length, UpstreamText.MaxLength * 8)]);
        }

        return new WireError(
            found.Message is null ? null : UpstreamText.Clean(found.Message),
            Name(found.Type),
            Name(found.Code),
            Name(found.Param)
        )
        {
            RetryAfter = Delay(found.RetryDelay),
        };
    }

    /// <summary>Reads the value the reader stands on: an error object, an array of one, or a bare text.</summary>
    private static void ReadValue(ref Utf8JsonReader json, ref Found found)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                found.Message ??= json.GetString();
                break;
            case JsonTokenType.StartObject:
                ReadObject(ref json, ref found);
                break;
            case JsonTokenType.StartArray:
                // Some servers wrap the envelope into an array, or list what is wrong with each field.
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    ReadValue(ref json, ref found);
                }

                break;
            default:
                break;
        }
    }

    private static void ReadObject(ref Utf8JsonReader json, ref Found found)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("error"u8) || json.ValueTextEquals("errors"u8) || json.ValueTextEquals("detail"u8))
            {
                json.Read();
                ReadValue(ref json, ref found);
            }
            else if (json.ValueTextEquals("message"u8) || json.ValueTextEquals("msg"u8))
            {
                json.Read();
                ReadValue(ref json, ref found);
            }
            else if (json.ValueTextEquals("type"u8))
            {
                // An envelope may say of itself that it is an error; what kind stands inside it.
                var type = Scalar(ref json);
                found.Type = type is null or "error" ? found.Type : type;
            }
            else if (json.ValueTextEquals("code"u8))
            {
                found.Code = Scalar(ref json) ?? found.Code;
            }
            else if (json.ValueTextEquals("status"u8))
            {
                found.Type ??= Scalar(ref json);
            }
            else if (json.ValueTextEquals("innererror"u8))
            {
                // Azure may keep the telling name one level deeper.
                var inner = default(Found);
                json.Read();
                ReadValue(ref json, ref inner);
                found.Type ??= inner.Code;
            }
            else if (json.ValueTextEquals("details"u8))
            {
                json.Read();
                ReadDetails(ref json, ref found);
            }
            else if (json.ValueTextEquals("param"u8))
            {
                found.Param = Scalar(ref json) ?? found.Param;
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    /// <summary>Reads Google's list of details (google.rpc.Status), of which one may say how long to wait.</summary>
    private static void ReadDetails(ref Utf8JsonReader json, ref Found found)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("retryDelay"u8))
            {
                found.RetryDelay = Scalar(ref json) ?? found.RetryDelay;
            }
        }
    }

    /// <summary>A duration as protocol buffers write it: seconds with up to nine decimals and an <c>s</c>.</summary>
    private static TimeSpan? Delay(string? text) =>
        text is [.., 's']
        && double.TryParse(text.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s)
        && s >= 0
            ? StatedWait.Of(s)
            : null;

    private static string? Scalar(ref Utf8JsonReader json)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return json.GetString();
            case JsonTokenType.Number when json.TryGetInt64(out var number):
                return number.ToString(CultureInfo.InvariantCulture);
            default:
                json.Skip();
                return null;
        }
    }

    private static string? Name(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var clean = UpstreamText.Clean(text);
        return clean?.Length > MaxNameLength ? clean[..MaxNameLength] : clean;
    }

    private struct Found
    {
        public string? Message;
        public string? Type;
        public string? Code;
        public string? Param;
        public string? RetryDelay;
    }
}
