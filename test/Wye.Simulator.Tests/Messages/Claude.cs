using System.Text;
using System.Text.Json;

namespace Wye.Simulator.Messages;

/// <summary>Messages requests sent by hand.</summary>
internal static class Claude
{
    public const string Model = "claude-sonnet-4-5";

    public const string Path = "v1/messages";

    public const string Tools = """
        ,"tools":[
          {"name":"get_weather","description":"Weather","input_schema":{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}},
          {"name":"get_time","input_schema":{"type":"object","properties":{"zone":{"type":"string"}}}}]
        """;

    public static string Body(
        string prompt = "What is six times seven?",
        string more = "",
        string model = Model,
        string limit = ",\"max_tokens\":2000"
    ) =>
        $$"""{"model":"{{model}}"{{limit}},"messages":[{"role":"user","content":{{JsonSerializer.Serialize(prompt)}}}]{{more}}}""";

    public static string Streamed(string prompt = "What is six times seven?", string more = "") =>
        Body(prompt, ",\"stream\":true" + more);

    /// <summary>A body of given messages.</summary>
    public static string Of(string messages, string more = "") =>
        $$"""{"model":"{{Model}}","max_tokens":2000,"messages":[{{messages}}]{{more}}}""";

    public static Task<HttpResponseMessage> SendAsync(
        this Sim sim,
        string body,
        string path = Path,
        string? version = "2023-06-01",
        CancellationToken cancellationToken = default
    ) =>
        sim.PostAsync(
            body,
            path,
            headers =>
            {
                if (version is not null)
                {
                    headers.Add("anthropic-version", version);
                }
            },
            cancellationToken
        );

    public static async Task<JsonElement> MessageAsync(this Sim sim, string body, string path = Path)
    {
        using var response = await sim.SendAsync(body, path);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    public static async Task<EventText> EventsAsync(this Sim sim, string body)
    {
        using var response = await sim.SendAsync(body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventText(await response.Content.ReadAsStringAsync());
    }

    /// <summary>All text of a whole message.</summary>
    public static string TextOf(JsonElement message)
    {
        var text = new StringBuilder();
        foreach (var block in message.GetProperty("content").EnumerateArray())
        {
            if (block.GetProperty("type").GetString() is "text")
            {
                text.Append(block.GetProperty("text").GetString());
            }
        }

        return text.ToString();
    }
}
