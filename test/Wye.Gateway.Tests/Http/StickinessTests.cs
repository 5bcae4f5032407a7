using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wye.Gateway.Http;

/// <summary>A conversation stays at the deployment that answered it, whose prompt cache holds it: over real HTTP, in every dialect.</summary>
/// <remarks>Weights are drawn: that twelve calls fall on one of four by chance happens once in four million runs.</remarks>
public sealed class StickinessTests(StickinessFixture gateway) : IClassFixture<StickinessFixture>
{
    private const int Turns = 12;

    [Theory]
    [InlineData("v1/chat/completions", "messages")]
    [InlineData("v1/messages", "messages")]
    [InlineData("v1/responses", "input")]
    public async Task ASessionOfTheCallers_StaysWhereItBegan(string path, string member)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var turn = 0; turn < Turns; turn++)
        {
            // Nothing but the id says that these belong together.
            answered.Add(await AskAsync(path, member, "held", [$"Question {turn}"], session: $"of {path}"));
        }

        answered.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("v1/chat/completions", "messages")]
    [InlineData("v1/messages", "messages")]
    [InlineData("v1/responses", "input")]
    public async Task AConversation_IsKnownByItsBeginning(string path, string member)
    {
        List<string> said = [$"Hello at {path}"];
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var turn = 0; turn < Turns; turn++)
        {
            answered.Add(await AskAsync(path, member, "held", said));
            said.AddRange(["An answer.", $"Question {turn}"]);
        }

        answered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AContinuedResponse_StaysWhereItsFirstTurnWas()
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        string? previous = null;
        for (var turn = 0; turn < Turns; turn++)
        {
            var body = new JsonObject
            {
                ["model"] = "held",
                ["input"] = $"Question {turn}",
                ["previous_response_id"] = previous,
            };
            var answer = await PostAsync("v1/responses", body, session: null);
            answered.Add(answer.GetProperty("model").GetString()!);
            previous = answer.GetProperty("id").GetString();
        }

        answered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SessionsThatDiffer_AndRoutesThatAreNotSticky_AreSpread()
    {
        var (sessions, loose) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < Turns; i++)
        {
            sessions.Add(await AskAsync("v1/chat/completions", "messages", "held", ["Hi"], session: $"session {i}"));
            loose.Add(await AskAsync("v1/chat/completions", "messages", "loose", ["Hi"], session: "one session"));
        }

        sessions.Count.ShouldBeGreaterThan(1);
        loose.Count.ShouldBeGreaterThan(1);
    }

    /// <summary>Which deployment answered, by the name that its model goes under upstream.</summary>
    private async Task<string> AskAsync(
        string path,
        string member,
        string route,
        IEnumerable<string> turns,
        string? session = null
    )
    {
        var messages = turns.Select(
            (text, i) => (JsonNode)new JsonObject { ["role"] = i % 2 == 0 ? "user" : "assistant", ["content"] = text }
        );
        var body = new JsonObject { ["model"] = route, [member] = new JsonArray([.. messages]) };
        if (path == "v1/messages")
        {
            body["max_tokens"] = 100;
        }

        return (await PostAsync(path, body, session)).GetProperty("model").GetString()!;
    }

    private async Task<JsonElement> PostAsync(string path, JsonObject body, string? session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (session is not null)
        {
            request.Headers.Add("x-wye-session", session);
        }

        using var answer = await gateway.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }
}
