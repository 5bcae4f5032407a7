using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Clients;

/// <summary>Callers and upstreams of both dialects in all four pairs, over real HTTP.</summary>
public sealed class TranslationTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private const string Far = "claude-haiku-4-5";

    [Theory]
    [InlineData("v1/chat/completions", "gpt-4o-mini")]
    [InlineData("v1/chat/completions", "claude-haiku-4-5")]
    [InlineData("v1/messages", "gpt-4o-mini")]
    [InlineData("v1/messages", "claude-haiku-4-5")]
    public async Task SchemaAndVision_ReachEveryUpstream(string path, string model)
    {
        const string Schema =
            """{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false}""";
        var openAi = path.EndsWith("completions", StringComparison.Ordinal);
        var image = openAi
            ? """{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}"""
            : """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}""";
        var format = openAi
            ? "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"c\",\"schema\":"
                + Schema
                + "}}"
            : "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + Schema + "}}";
        using var answer = await gateway.PostAsync(
            path,
            "{\"model\":\""
                + model
                + "\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Which colour?\"},"
                + image
                + "]}],"
                + format
                + "}"
        );
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, body);
        using var json = JsonDocument.Parse(body);
        var text = openAi
            ? json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()
            : json.RootElement.GetProperty("content")[0].GetProperty("text").GetString();
        JsonDocument.Parse(text!).RootElement.TryGetProperty("colour", out _).ShouldBeTrue(text);
    }

    [Theory]
    [InlineData("v1/messages", "gpt-4o-mini", "messages", "output_tokens")]
    [InlineData("v1/responses", "gpt-4o-mini", "input", "output_tokens")]
    [InlineData("v1/chat/completions", "claude-haiku-4-5", "messages", "completion_tokens")]
    public async Task TokensThatNoProviderTold_AreToldAsTheyAreBilled(
        string path,
        string model,
        string conversation,
        string member
    )
    {
        foreach (var stream in (string[])["false", "true,\"stream_options\":{\"include_usage\":true}"])
        {
            gateway.Simulator.Faults.Script(model, Fault.UsageMissing());
            var options = path == "v1/chat/completions" ? stream : stream.Split(',')[0];
            using var answer = await gateway.PostAsync(
                path,
                $$"""{"model":"{{model}}","stream":{{options}},"{{(path == "v1/responses" ? "max_output_tokens" : "max_tokens")}}":500,"{{conversation}}":[{"role":"user","content":"Tell me a story"}]}"""
            );

            var body = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(200, body);
            var told = Regex.Matches(body, $"\"{member}\": ?([0-9]+)");
            int.Parse(told[^1].Groups[1].ValueSpan, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0, body);
        }
    }

    [Theory]
    [InlineData("v1/chat/completions", "gpt-4o-mini")]
    [InlineData("v1/chat/completions", "claude-haiku-4-5")]
    [InlineData("v1/messages", "gpt-4o-mini")]
    [InlineData("v1/messages", "claude-haiku-4-5")]
    public async Task BrokenStream_EndsInAnErrorOfTheCallersDialect(string path, string model)
    {
        gateway.Simulator.Faults.Script(model, Fault.ErrorEvent(afterChunks: 2));
        using var answer = await gateway.PostAsync(
            path,
            $$"""{"model":"{{model}}","stream":true,"max_tokens":500,"messages":[{"role":"user","content":"Tell me a story"}]}"""
        );
        var text = new StringBuilder();
        try
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                text.AppendLine(line);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The connection is cut after the error: that is what the test is about.
        }

        var stream = text.ToString();
        stream.ShouldContain("\"error\"");
        stream.ShouldNotContain("[DONE]");
        stream.ShouldNotContain("message_stop");
        stream.Contains("event: error", StringComparison.Ordinal).ShouldBe(path == "v1/messages");
    }

    [Theory]
    [InlineData("v1/chat/completions", BothDialectsFixture.OpenAi, HttpStatusCode.OK)]
    [InlineData("v1/chat/completions", BothDialectsFixture.Anthropic, HttpStatusCode.BadRequest)]
    [InlineData("v1/messages", BothDialectsFixture.OpenAi, HttpStatusCode.BadRequest)]
    public async Task ConversationThatEndsWithTheAssistant_IsAnsweredWhereServersDo(
        string path,
        string model,
        HttpStatusCode status
    )
    {
        var body =
            $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""";
        using var answer = await gateway.PostAsync(path, body);
        answer.StatusCode.ShouldBe(
            status,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Dropped_IsNamedInAHeader_WithAndWithoutStream()
    {
        foreach (var stream in new[] { "false", "true" })
        {
            using var answer = await gateway.PostAsync(
                "v1/chat/completions",
                $$"""{"model":"{{Far}}","stream":{{stream}},"seed":4,"logit_bias":{"1":2},"max_tokens":50,"messages":[{"role":"user","content":"Hi"}]}"""
            );
            answer.Headers.GetValues("x-wye-dropped").ShouldBe(["seed, logit_bias"]);
        }

        using var same = await gateway.PostAsync(
            "v1/chat/completions",
            """{"model":"gpt-4o-mini","seed":4,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        same.Headers.Contains("x-wye-dropped").ShouldBeFalse();
    }

    [Fact]
    public async Task Part_ThatCannotBeCarried_GoesToATargetOfTheCallersDialect()
    {
        using var answer = await gateway.PostAsync(
            "v1/chat/completions",
            $$"""{"model":"{{Far}}","n":2,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, body);
        answer.Headers.GetValues("x-wye-model").ShouldBe(["gpt-4o-mini"]);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("choices").GetArrayLength().ShouldBe(2);
    }
}
