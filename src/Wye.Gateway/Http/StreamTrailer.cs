using System.Buffers;
using System.Text.Json;
using Wye.Delivery;

namespace Wye.Gateway.Http;

/// <summary>The comment <c>: wye {json}</c> that closes a stream: what could not be known when its headers left.</summary>
internal static class StreamTrailer
{
    public static ReadOnlySpan<byte> Render(Outcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write("wye "u8);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("request_id", outcome.Head.Request.Value);
            json.WriteString("model", outcome.Head.Model?.Value ?? "none");
            json.WriteString("why", WyeHeaders.Safe(outcome.Head.Why));
            json.WriteNumber("attempts", outcome.Head.Attempts);
            json.WriteString("cost_usd", WyeHeaders.Dollars(outcome.Cost));
            json.WriteString("saved_usd", WyeHeaders.Dollars(outcome.Saved ?? default));
            json.WriteBoolean("estimated", outcome.Record.Request.Estimated);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
