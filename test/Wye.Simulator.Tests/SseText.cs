using System.Text;
using System.Text.Json;

namespace Wye.Simulator;

/// <summary>A stream that was read to its end.</summary>
internal sealed class SseText(string raw)
{
    public string Raw { get; } = raw;

    public string[] Data =>
        [.. Raw.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => l[6..])];

    public JsonElement[] Chunks => [.. Data.Where(d => d.StartsWith('{')).Select(d => JsonElement.Parse(d))];

    public bool IsDone => Raw.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal);

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var delta in Deltas)
            {
                if (delta.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
                {
                    text.Append(content.GetString());
                }
            }

            return text.ToString();
        }
    }

    public IEnumerable<JsonElement> Deltas =>
        Chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).Select(c => c.GetProperty("delta"));

    public IEnumerable<string?> Finishes =>
        Chunks
            .SelectMany(c => c.GetProperty("choices").EnumerateArray())
            .Select(c => c.GetProperty("finish_reason").GetString())
            .Where(f => f is not null);

    public JsonElement? Usage =>
        Chunks
            .Where(c => c.TryGetProperty("usage", out _))
            .Select(c => (JsonElement?)c.GetProperty("usage"))
            .LastOrDefault();
}
