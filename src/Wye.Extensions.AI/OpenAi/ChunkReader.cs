using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Reads the chunks of one stream; keeps calls back until their arguments are whole. Used by one flow.</summary>
internal sealed class ChunkReader
{
    private readonly SortedDictionary<long, PartialCall> _calls = [];
    private string? _id;

    /// <summary>Reads one chunk; null = it says nothing to a caller.</summary>
    public ChatResponseUpdate? Read(ReadOnlyMemory<byte> chunk)
    {
        using var document = JsonDocument.Parse(chunk);
        var json = document.RootElement;
        _id ??= json.Text("id");
        var choice = json.Items("choices").FirstOrDefault();
        var delta = choice.Member("delta") ?? default;
        Take(delta);
        var update = new ChatResponseUpdate(ChatRole.Assistant, [.. AnswerReader.Contents(delta)])
        {
            ResponseId = _id,
            MessageId = _id,
            CreatedAt = AnswerReader.CreatedAt(json),
            FinishReason = AnswerReader.Finish(choice),
        };
        if (json.Member("usage") is { } usage)
        {
            update.Contents.Add(new UsageContent(AnswerReader.ReadUsage(usage)));
        }

        return update.Contents.Count > 0 || update.FinishReason is not null ? update : null;
    }

    /// <summary>The calls, once the stream is whole.</summary>
    public IEnumerable<FunctionCallContent> Calls() =>
        _calls.Values.Select(call => ContentJson.Call(call.Id, call.Name, call.Arguments.ToString()));

    /// <summary>An update of the same answer.</summary>
    public ChatResponseUpdate Next(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id };

    private void Take(JsonElement delta)
    {
        foreach (var piece in delta.Items("tool_calls"))
        {
            var index = piece.Whole("index") ?? _calls.Count;
            if (!_calls.TryGetValue(index, out var call))
            {
                _calls.Add(index, call = new PartialCall());
            }

            var function = piece.Member("function") ?? default;
            call.Id = piece.Text("id") is { Length: > 0 } id ? id : call.Id;
            call.Name = function.Text("name") is { Length: > 0 } name ? name : call.Name;
            call.Arguments.Append(function.Text("arguments"));
        }
    }

    private sealed class PartialCall
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
