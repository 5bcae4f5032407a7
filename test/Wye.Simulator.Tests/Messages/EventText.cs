using System.Text.Json;

namespace Wye.Simulator.Messages;

/// <summary>A stream of named events that was read to its end.</summary>
internal sealed class EventText
{
    public EventText(string raw)
    {
        Raw = raw;
        foreach (var part in raw.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n');
            if (lines.Length == 2 && lines[1].StartsWith("data: {", StringComparison.Ordinal) && lines[1].EndsWith('}'))
            {
                var data = JsonElement.Parse(lines[1]["data: ".Length..]);
                lines[0].ShouldBe("event: " + data.GetProperty("type").GetString());
                Events.Add(data);
            }
        }
    }

    public string Raw { get; }

    public List<JsonElement> Events { get; } = [];

    public IEnumerable<string> Names => Events.Select(e => e.GetProperty("type").GetString()!);

    public string Text => Joined("text_delta", "text");

    public bool IsStopped =>
        Raw.EndsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", StringComparison.Ordinal);

    public string? StopReason =>
        Of("message_delta").Select(e => e.GetProperty("delta").GetProperty("stop_reason").GetString()).LastOrDefault();

    public JsonElement Usage => Of("message_delta").Single().GetProperty("usage");

    public IEnumerable<JsonElement> Of(string name) =>
        Events.Where(e => string.Equals(e.GetProperty("type").GetString(), name, StringComparison.Ordinal));

    /// <summary>The deltas of a kind, joined; of one block or of all.</summary>
    public string Joined(string kind, string field, int? index = null) =>
        string.Concat(
            Of("content_block_delta")
                .Where(e => index is null || e.GetProperty("index").GetInt32() == index)
                .Select(e => e.GetProperty("delta"))
                .Where(d => string.Equals(d.GetProperty("type").GetString(), kind, StringComparison.Ordinal))
                .Select(d => d.GetProperty(field).GetString())
        );
}
