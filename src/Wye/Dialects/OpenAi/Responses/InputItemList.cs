using System.Buffers;
using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses;

/// <summary>Writes what a kept response was made of: its conversation without its own output, page by page.</summary>
internal static class InputItemList
{
    /// <summary>Writes one page.</summary>
    /// <param name="items">The whole conversation up to and with the response, as it is kept: items, parted by commas.</param>
    /// <param name="response">The response.</param>
    /// <param name="page">Which page.</param>
    /// <param name="output">Where it goes.</param>
    /// <returns>False when there is no item that the page shall begin after; nothing is written then.</returns>
    public static bool TryWrite(
        ReadOnlyMemory<byte> items,
        ReadOnlyMemory<byte> response,
        InputItemPage page,
        IBufferWriter<byte> output
    )
    {
        using var whole = Json.Parse(response);
        using var conversation = Json.Parse(InBrackets(items));
        var stem = whole.RootElement.String("id"u8);
        var count = conversation.RootElement.GetArrayLength() - whole.RootElement.Member("output"u8).GetArrayLength();
        List<(string Id, JsonElement Item)> listed =
        [
            .. conversation.RootElement.EnumerateArray().Take(count).Select((item, i) => (IdOf(item, stem, i), item)),
        ];
        if (page.NewestFirst)
        {
            listed.Reverse();
        }

        var start = page.After is null ? 0 : listed.FindIndex(one => one.Id == page.After) + 1;
        if (page.After is not null && start == 0)
        {
            return false;
        }

        var length = Math.Min(page.Limit, count - start);
        Write(listed.GetRange(start, length), start + length < count, output);
        return true;
    }

    private static void Write(List<(string Id, JsonElement Item)> page, bool more, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var (id, item) in page)
        {
            WriteItem(json, id, item);
        }

        json.WriteEndArray();
        json.WriteString("first_id"u8, page.Count == 0 ? null : page[0].Id);
        json.WriteString("last_id"u8, page.Count == 0 ? null : page[^1].Id);
        json.WriteBoolean("has_more"u8, more);
        json.WriteEndObject();
    }

    // As the caller sent it, with what a caller may leave out: the type and the state of a message, and its parts.
    private static void WriteItem(Utf8JsonWriter json, string id, JsonElement item)
    {
        var isMessage = IsMessage(item);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, isMessage ? "message" : item.String("type"u8));
        foreach (var member in item.Members())
        {
            if (member.NameEquals("id"u8) || member.NameEquals("type"u8))
            {
                continue;
            }

            json.WritePropertyName(member.Name);
            if (isMessage && member.NameEquals("content"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                WriteText(json, item.String("role"u8) is "assistant", member.Value);
                continue;
            }

            json.WriteRaw(member.Value);
        }

        if (isMessage && item.String("status"u8) is null)
        {
            json.WriteString("status"u8, "completed"u8);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, bool isOutput, JsonElement text)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("type"u8, isOutput ? "output_text"u8 : "input_text"u8);
        json.WritePropertyName("text"u8);
        json.WriteRaw(text);
        if (isOutput)
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    // Callers rarely name their items; the place in the list does, the same at every call.
    private static string IdOf(JsonElement item, string? response, int index) =>
        item.String("id"u8) is { Length: > 0 } id ? id
        : IsMessage(item) ? $"msg_{response}_in_{index}"
        : $"item_{response}_in_{index}";

    private static bool IsMessage(JsonElement item) => item.String("type"u8) is null or "message";

    private static byte[] InBrackets(ReadOnlyMemory<byte> items)
    {
        var array = new byte[items.Length + 2];
        array[0] = (byte)'[';
        items.CopyTo(array.AsMemory(1));
        array[^1] = (byte)']';
        return array;
    }
}
