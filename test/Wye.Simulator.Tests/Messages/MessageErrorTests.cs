using System.Net;
using System.Text.Json;

namespace Wye.Simulator.Messages;

/// <summary>What a request must not get wrong, and how it is told.</summary>
public class MessageErrorTests
{
    private const string User = """{"role":"user","content":"Hi"}""";
    private const string Use =
        """{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"get_time","input":{}}]}""";

    public static TheoryData<string, string> Bad =>
        new()
        {
            { "{", "The request body is not valid JSON." },
            { "[]", "The request body is not valid JSON." },
            { """{"max_tokens":1,"messages":[]}""", "model: Field required" },
            { Claude.Body(limit: ""), "max_tokens: Field required" },
            { Claude.Body(limit: ",\"max_tokens\":0"), "max_tokens: Input should be greater than or equal to 1" },
            { Claude.Body(limit: ",\"max_tokens\":\"9\""), "max_tokens: Input should be a valid integer" },
            { """{"model":"claude-opus-4-5","max_tokens":1}""", "messages: Field required" },
            { Claude.Of(""), "messages: at least one message is required" },
            { Claude.Body(more: ",\"n\":1"), "n: Extra inputs are not permitted" },
            { Claude.Body(more: ",\"temperature\":1.5"), "temperature: range: 0..1" },
            { Claude.Body(more: ",\"stop_sequences\":[\" \"]"), "stop_sequences: each stop sequence must contain" },
            { Claude.Of("""{"content":"Hi"}"""), "messages.0.role: Field required" },
            { Claude.Of("""{"role":"system","content":"Hi"}"""), "Unexpected role \"system\"" },
            { Claude.Of("""{"role":"tool","content":"Hi"}"""), "Unexpected role \"tool\"" },
            { Claude.Of("""{"role":"user","content":""}"""), "messages.0: all messages must have non-empty content" },
            { Claude.Of("""{"role":"user","content":[]}"""), "messages.0: all messages must have non-empty content" },
            {
                Claude.Of("""{"role":"user","content":[{"type":"text","text":""}]}"""),
                "text content blocks must be non-empty"
            },
            {
                Claude.Of("""{"role":"user","content":[{"type":"image","source":{"type":"base64"}}]}"""),
                "messages.0.content.0.image.source.data: Field required"
            },
            { Claude.Of($"{User},{Use},{User}"), "were found without `tool_result` blocks immediately after: toolu_1" },
            { Claude.Of($"{User},{Use}"), "messages.1: `tool_use` ids were found without `tool_result` blocks" },
            {
                Claude.Of(
                    """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_9","content":"x"}]}"""
                ),
                "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_9"
            },
            {
                Claude.Of($"{User},{Use.Replace("toolu_1", "a.b", StringComparison.Ordinal)}"),
                "String should match pattern"
            },
            { Claude.Body(more: ",\"tools\":[{\"name\":\"a\"}]"), "tools.0.custom.input_schema: Field required" },
            {
                Claude.Body(more: ",\"tools\":[{\"name\":\"a b\",\"input_schema\":{\"type\":\"object\"}}]"),
                "tools.0.custom.name: String should match pattern"
            },
            {
                Claude.Body(more: ",\"tools\":[{\"name\":\"a\",\"input_schema\":{}}]"),
                "tools.0.custom.input_schema.type: Field required"
            },
            {
                Claude.Body(more: Claude.Tools + ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"nope\"}"),
                "Tool 'nope' not found in provided tools"
            },
            { Claude.Body(more: Claude.Tools + ",\"tool_choice\":\"auto\""), "tool_choice.type: Input should be" },
            {
                Claude.Body(more: ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1000}"),
                "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024"
            },
            {
                Claude.Body(more: ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}"),
                "`max_tokens` must be greater than `thinking.budget_tokens`."
            },
            {
                Claude.Of(
                    $"{User},{Use},{{\"role\":\"user\",\"content\":[{{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\"}}]}}",
                    ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}"
                ),
                "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`."
            },
            {
                Claude.Body(limit: ",\"max_tokens\":100000"),
                "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens"
            },
            { Claude.Body(new string('x', 900_000)), "prompt is too long: 225007 tokens > 200000 maximum" },
            {
                Claude.Body(new string('x', 799_000)),
                "input length and `max_tokens` exceed context limit: 199757 + 2000 > 200000"
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task BadRequest_Is400_SaysWhatIsWrong_AndIsFree(string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.SendAsync(body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await ErrorOf(response);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString()!.ShouldContain(message);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "anthropic-version: header is required")]
    [InlineData("2020-01-01", "anthropic-version: \"2020-01-01\" is not a valid version")]
    public async Task Version_IsRequired(string? version, string message)
    {
        await using var sim = await Sim.StartAsync();
        foreach (var path in (string[])[Claude.Path, "v1/messages/count_tokens"])
        {
            using var response = await sim.SendAsync(Claude.Body(), path, version);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await ErrorOf(response)).GetProperty("message").GetString().ShouldBe(message);
        }
    }

    [Theory]
    [InlineData("", ",\"temperature\":1", "temperature: Extra inputs are not permitted")]
    [InlineData("", ",\"top_p\":0.9", "top_p: Extra inputs are not permitted")]
    [InlineData("", ",\"top_k\":5", "top_k: Extra inputs are not permitted")]
    [InlineData(
        """,{"role":"assistant","content":[{"type":"document","source":{"type":"text","data":"x"}}]}""",
        "",
        "messages.1.content.0: `document` blocks are not allowed"
    )]
    [InlineData(
        """,{"role":"user","content":[{"type":"text","text":"x","citations":[{"type":"char_location"}]}]}""",
        "",
        "messages.1.content.0.text.citations: citations are not allowed"
    )]
    public async Task NewestVersion_RefusesWhatTheOldOneTakes(string turn, string more, string message)
    {
        await using var sim = await Sim.StartAsync();
        using var old = await sim.SendAsync(Claude.Of(User + turn, more));
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var strict = await sim.SendAsync(Claude.Of(User + turn, more), version: "2026-10-21");
        strict.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorOf(strict)).GetProperty("message").GetString()!.ShouldContain(message);
        using var plain = await sim.SendAsync(Claude.Of(User), version: "2026-10-21");
        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task UnknownModel_Is404_AndTheErrorCarriesTheRequestId()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.SendAsync(Claude.Body(model: "claude-9"));
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        body.GetProperty("error").GetProperty("type").GetString().ShouldBe("not_found_error");
        body.GetProperty("error").GetProperty("message").GetString().ShouldBe("model: claude-9");
        body.GetProperty("request_id").GetString().ShouldBe(response.Headers.GetValues("request-id").Single());
    }

    [Fact]
    public async Task TooLargeBody_Is413_InEitherDialect_AndIsOnRecord()
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { MaxBodyBytes = 1_000 });
        var big = new string('x', 2_000);
        using var message = await sim.SendAsync(Claude.Body(big));
        message.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ErrorOf(message)).GetProperty("type").GetString().ShouldBe("request_too_large");
        using var chat = await sim.PostAsync(Sim.Chat(prompt: big));
        chat.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ErrorOf(chat)).GetProperty("type").GetString().ShouldBe("invalid_request_error");
        sim.Server.Calls.Snapshot().Select(c => c.Status).ShouldBe([413, 413]);
    }

    private static async Task<JsonElement> ErrorOf(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
}
