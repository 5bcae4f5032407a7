using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.OpenAi.Responses.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses;

/// <summary>Makes a request that continues a kept response into one that holds the whole conversation.</summary>
internal static class InputJoin
{
    /// <summary>Id of the response it continues; null = none.</summary>
    public static string? PreviousOf(ChatRequest request) =>
        ResponseKeys.Find(request, ResponseKey.PreviousResponseId) is { } field ? StringAt(request, field) : null;

    /// <summary>Whether the response shall be kept: unless the caller says no.</summary>
    public static bool IsKept(ChatRequest request) =>
        !ResponseKeys.Raw(request, ResponseKey.Store).SequenceEqual("false"u8);

    /// <summary>The items of the request's input and of the whole response's output, parted by commas; those of the output also by their ids.</summary>
    public static (ReadOnlyMemory<byte> Items, (string Id, ReadOnlyMemory<byte> Item)[] Output) Joined(
        ChatRequest request,
        ReadOnlyMemory<byte> response
    )
    {
        using var document = Json.Parse(response);
        var items = new ArrayBufferWriter<byte>(request.Body.Length + response.Length);
        List<(string? Id, int Start, int End)> output = [];
        WriteItems(request, items);
        foreach (var item in document.RootElement.Member("output"u8).Items())
        {
            items.Write(","u8);
            var start = items.WrittenCount;
            items.Write(JsonMarshal.GetRawUtf8Value(item));
            output.Add((item.String("id"u8), start, items.WrittenCount));
        }

        var joined = items.WrittenMemory;
        return (
            joined,
            [.. output.Where(one => one.Id is not null).Select(one => (one.Id!, joined[one.Start..one.End]))]
        );
    }

    /// <summary>Writes the body anew: the kept items before the request's own, and no response to continue.</summary>
    public static void Write(ChatRequest request, ReadOnlySpan<byte> kept, IBufferWriter<byte> output)
    {
        var body = request.Body.Span;
        var copied = 0;
        foreach (var field in request.Fields)
        {
            var key = ResponseKeys.Of(body.Slice(field.Name.Start + 1, field.Name.Length - 2));
            if (key is not (ResponseKey.Input or ResponseKey.PreviousResponseId))
            {
                continue;
            }

            output.Write(body[copied..field.Value.Start]);
            copied = field.Value.End;
            if (key == ResponseKey.PreviousResponseId)
            {
                output.Write("null"u8);
                continue;
            }

            output.Write("["u8);
            output.Write(kept);
            output.Write(kept.IsEmpty ? ""u8 : ","u8);
            WriteItems(request, output);
            output.Write("]"u8);
        }

        output.Write(body[copied..]);
    }

    private static void WriteItems(ChatRequest request, IBufferWriter<byte> output)
    {
        var input = ResponseKeys.Raw(request, ResponseKey.Input);
        if (input[0] == (byte)'[')
        {
            output.Write(input[1..^1]);
            return;
        }

        output.Write("{\"type\":\"message\",\"role\":\"user\",\"content\":"u8);
        output.Write(input);
        output.Write("}"u8);
    }

    private static string? StringAt(ChatRequest request, BodyField field)
    {
        using var value = Json.Parse(request.Body.Slice(field.Value.Start, field.Value.Length));
        return value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.String() : null;
    }
}
