using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Messages;

/// <summary>The official client takes the Simulator for the real thing.</summary>
public class OfficialClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_Chats()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var message = await client.Messages.Create(Request("What is six times seven?"), Cancellation);
        message.Content[0].TryPickText(out var text).ShouldBeTrue();
        text!.Text.ShouldStartWith($"[simulated {Claude.Model}]");
        message.StopReason!.Value().ShouldBe(StopReason.EndTurn);
        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.Tokens.Input.ShouldBe(message.Usage.InputTokens);
        line.Tokens.Output.ShouldBe(message.Usage.OutputTokens);
        line.ResponseId.ShouldBe(message.ID);
    }

    [Fact]
    public async Task Client_CountsTokens_AsTheyAreBilled()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var count = await client.Messages.CountTokens(
            new MessageCountTokensParams { Model = Claude.Model, Messages = [new UserMessageParam("Hello there")] },
            Cancellation
        );
        var message = await client.Messages.Create(Request("Hello there"), Cancellation);
        count.InputTokens.ShouldBe(message.Usage.InputTokens);
    }

    [Fact]
    public async Task Client_Streams()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var text = new StringBuilder();
        long? output = null;
        var stopped = false;
        await foreach (var part in client.Messages.CreateStreaming(Request("Tell me a story"), Cancellation))
        {
            if (part.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
            {
                text.Append(piece.Text);
            }

            output = part.TryPickDelta(out var end) ? end.Usage.OutputTokens : output;
            stopped |= part.TryPickStop(out _);
        }

        var whole = await client.Messages.Create(Request("Tell me a story"), Cancellation);
        whole.Content[0].TryPickText(out var expected).ShouldBeTrue();
        text.ToString().ShouldBe(expected!.Text);
        stopped.ShouldBeTrue();
        (await sim.BillAsync())[0].Tokens.Output.ShouldBe(output!.Value);
    }

    [Fact]
    public async Task Client_UsesTools_InParallel_AndReturnsTheirResults()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var ask = Request("get weather and get time") with { Tools = [ToolOf("get_weather"), ToolOf("get_time")] };
        var message = await client.Messages.Create(ask, Cancellation);
        message.StopReason!.Value().ShouldBe(StopReason.ToolUse);
        List<ContentBlockParam> uses = [];
        List<ContentBlockParam> results = [];
        foreach (var block in message.Content)
        {
            block.TryPickToolUse(out var use).ShouldBeTrue();
            use!.Input.ContainsKey("what").ShouldBeTrue();
            uses.Add(
                new ToolUseBlockParam
                {
                    ID = use.ID,
                    Name = use.Name,
                    Input = use.Input,
                }
            );
            results.Add(new ToolResultBlockParam(use.ID) { Content = "42" });
        }

        uses.Count.ShouldBe(2);
        var answer = await client.Messages.Create(
            ask with
            {
                Messages = [.. ask.Messages, new AssistantMessageParam(uses), new UserMessageParam(results)],
            },
            Cancellation
        );
        answer.StopReason!.Value().ShouldBe(StopReason.EndTurn);
    }

    [Fact]
    public async Task Client_StreamsToolInput()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var json = new StringBuilder();
        string? name = null;
        var ask = Request("Use get_time") with { Tools = [ToolOf("get_time")] };
        await foreach (var part in client.Messages.CreateStreaming(ask, Cancellation))
        {
            if (part.TryPickContentBlockStart(out var start) && start.ContentBlock.TryPickToolUse(out var use))
            {
                name = use.Name;
            }

            if (part.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var piece))
            {
                json.Append(piece.PartialJson);
            }
        }

        name.ShouldBe("get_time");
        JsonElement.Parse(json.ToString()).TryGetProperty("what", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Client_Thinks_AndGivesTheThoughtsBack()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        var ask = Request("Think hard") with { Thinking = new ThinkingConfigEnabled(1_024) };
        var message = await client.Messages.Create(ask, Cancellation);
        message.Content[0].TryPickThinking(out var thinking).ShouldBeTrue();
        message.Content[1].TryPickText(out var text).ShouldBeTrue();
        List<ContentBlockParam> said =
        [
            new ThinkingBlockParam { Thinking = thinking!.Thinking, Signature = thinking.Signature },
            new TextBlockParam(text!.Text),
        ];
        var next = await client.Messages.Create(
            ask with
            {
                Messages = [.. ask.Messages, new AssistantMessageParam(said), new UserMessageParam("Sure?")],
            },
            Cancellation
        );
        next.StopReason!.Value().ShouldBe(StopReason.EndTurn);
    }

    [Theory]
    [InlineData("rate_limited", typeof(AnthropicRateLimitException))]
    [InlineData("unauthorized", typeof(AnthropicUnauthorizedException))]
    [InlineData("context_length", typeof(AnthropicBadRequestException))]
    [InlineData("model_not_found", typeof(AnthropicNotFoundException))]
    [InlineData("overloaded", typeof(AnthropicOverloadedException))]
    public async Task Client_ReadsErrors(string kind, System.Type expected)
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        sim.Server.Faults.Always("*", FaultRequest.Read(JsonElement.Parse($"{{\"kind\":\"{kind}\"}}")));
        var error = await Should.ThrowAsync<AnthropicApiException>(() =>
            client.Messages.Create(Request("Hi"), Cancellation)
        );
        error.ShouldBeOfType(expected);
        error.RequestID.ShouldBe(sim.Server.Calls.Snapshot()[0].RequestId);
    }

    [Fact]
    public async Task Client_ReadsAnErrorInAStream()
    {
        await using var sim = await Sim.StartAsync();
        using var client = ClientOf(sim);
        sim.Server.Faults.Script("*", Fault.ErrorEvent(2));
        var deltas = 0;
        var error = await Should.ThrowAsync<AnthropicSseException>(async () =>
        {
            await foreach (var part in client.Messages.CreateStreaming(Request("Tell me a story"), Cancellation))
            {
                deltas += part.TryPickContentBlockDelta(out _) ? 1 : 0;
            }
        });
        deltas.ShouldBe(2);
        error.Message.ShouldContain("api_error");
    }

    private static AnthropicClient ClientOf(Sim sim) =>
        new()
        {
            BaseUrl = sim.Server.Address.ToString().TrimEnd('/'),
            ApiKey = "sim",
            MaxRetries = 0,
            // What is missing or mistyped shall be seen.
            ResponseValidation = true,
        };

    private static MessageCreateParams Request(string prompt) =>
        new()
        {
            Model = Claude.Model,
            MaxTokens = 2_000,
            Messages = [new UserMessageParam(prompt)],
        };

    private static Tool ToolOf(string name) =>
        new()
        {
            Name = name,
            InputSchema = new InputSchema
            {
                Properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
                {
                    ["what"] = JsonElement.Parse("""{"type":"string"}"""),
                },
                Required = ["what"],
            },
        };
}
