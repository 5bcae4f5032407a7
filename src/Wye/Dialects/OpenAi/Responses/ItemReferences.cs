using System.Buffers;
using System.Runtime.InteropServices;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses;

/// <summary>Puts items where a request only names them by their ids.</summary>
internal static class ItemReferences
{
    /// <summary>The ids that stand in the request's input instead of items, each with its place among the items.</summary>
    public static IReadOnlyList<(int Index, string Id)> Of(ChatRequest request)
    {
        var input = InputOf(request);
        if (input.Span.IndexOf("item_reference"u8) < 0)
        {
            return [];
        }

        using var document = Json.Parse(input);
        return
        [
            .. document
                .RootElement.Items()
                .Select((item, i) => (i, Id: item.String("type"u8) is "item_reference" ? item.String("id"u8) : null))
                .Where(one => one.Id is not null)
                .Select(one => (one.i, one.Id!)),
        ];
    }

    /// <summary>Writes the body anew with an item at each of these places. The others leave byte for byte.</summary>
    public static void Write(
        ChatRequest request,
        IReadOnlyDictionary<int, ReadOnlyMemory<byte>> items,
        IBufferWriter<byte> output
    )
    {
        var body = request.Body.Span;
        var input = ResponseKeys.Find(request, ResponseKey.Input)!.Value.Value;
        using var document = Json.Parse(InputOf(request));
        output.Write(body[..input.Start]);
        var index = 0;
        foreach (var item in document.RootElement.Items())
        {
            output.Write(index == 0 ? "["u8 : ","u8);
            output.Write(items.TryGetValue(index, out var kept) ? kept.Span : JsonMarshal.GetRawUtf8Value(item));
            index++;
        }

        output.Write("]"u8);
        output.Write(body[input.End..]);
    }

    private static ReadOnlyMemory<byte> InputOf(ChatRequest request) =>
        ResponseKeys.Find(request, ResponseKey.Input) is { } field
            ? request.Body.Slice(field.Value.Start, field.Value.Length)
            : default;
}
