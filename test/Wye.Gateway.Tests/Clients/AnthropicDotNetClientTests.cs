using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Wye.Gateway.Clients;

/// <summary>The official Anthropic .NET client, unchanged, against upstreams of both dialects.</summary>
public sealed class AnthropicDotNetClientTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private const string Far = BothDialectsFixture.OpenAi;
    private const string Third = BothDialectsFixture.Gemini;
    private const string Near = BothDialectsFixture.Anthropic;

    private readonly int _calls = gateway.Simulator.Calls.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task Chat_ReturnsAnAnswer_ThatIsBilledAsItSays(string model)
    {
        using var client = Client();
        var before = gateway.Simulator.Bill.Snapshot().Count;
        var message = await client.Messages.Create(Request(model, $"What is six times seven, {model}?"), Cancellation);
        message.Content[0].TryPickText(out var text).ShouldBeTrue();
        text!.Text.ShouldStartWith($"[simulated {model}]");
        message.StopReason!.Value().ShouldBe(StopReason.EndTurn);
        var line = gateway.Simulator.Bill.Snapshot()[before];
        line.Tokens.Input.ShouldBe(message.Usage.InputTokens);
        line.Tokens.Output.ShouldBe(message.Usage.OutputTokens);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task Stream_GivesTheSameText_AndEnds(string model)
    {
        using var client = Client();
        var text = new StringBuilder();
        long? output = null;
        var stopped = false;
        await foreach (var part in client.Messages.CreateStreaming(Request(model, "Tell me a story"), Cancellation))
        {
            if (part.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
            {
                text.Append(piece.Text);
            }

            output = part.TryPickDelta(out var end) ? end.Usage.OutputTokens : output;
            stopped |= part.TryPickStop(out _);
        }

        var whole = await client.Messages.Create(Request(model, "Tell me a story"), Cancellation);
        whole.Content[0].TryPickText(out var expected).ShouldBeTrue();
        text.ToString().ShouldBe(expected!.Text);
        output.ShouldBe(whole.Usage.OutputTokens);
        stopped.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task ParallelTools_AreCalled_AndTheirResultsAnswered(string model)
    {
        using var client = Client();
        var ask = Request(model, "get weather and get time") with
        {
            Tools = [ToolOf("get_weather"), ToolOf("get_time")],
        };
        var message = await client.Messages.Create(ask, Cancellation);
        message.StopReason!.Value().ShouldBe(StopReason.ToolUse);
        List<ContentBlockParam> uses = [];
        List<ContentBlockParam> results = [];
        foreach (var block in message.Content)
        {
            if (block.TryPickToolUse(out var use))
            {
                use.Input.ContainsKey("what").ShouldBeTrue();
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
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task StreamedToolInput_IsOneJsonObject(string model)
    {
        using var client = Client();
        var json = new StringBuilder();
        string? name = null;
        var ask = Request(model, "Use get_time") with { Tools = [ToolOf("get_time")] };
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
        JsonDocument.Parse(json.ToString()).RootElement.TryGetProperty("what", out _).ShouldBeTrue();
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task SingleTool_IsCalledWhenDemanded(string model)
    {
        using var client = Client();
        var ask = Request(model, "get weather and get time") with
        {
            Tools = [ToolOf("get_weather"), ToolOf("get_time")],
            ToolChoice = new ToolChoiceTool("get_time"),
        };
        var message = await client.Messages.Create(ask, Cancellation);
        message.StopReason!.Value().ShouldBe(StopReason.ToolUse);
        message.Content.ShouldHaveSingleItem().TryPickToolUse(out var use).ShouldBeTrue();
        use!.Name.ShouldBe("get_time");
        use.Input.ContainsKey("what").ShouldBeTrue();
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task Vision_ReachesTheUpstream(string model)
    {
        using var client = Client();
        List<ContentBlockParam> parts =
        [
            new TextBlockParam("Which colour?"),
            new ImageBlockParam(new Base64ImageSource { Data = "iVBORw0KGgo=", MediaType = MediaType.ImagePng }),
        ];
        var ask = Request(model, "") with { Messages = [new UserMessageParam(parts)] };
        var message = await client.Messages.Create(ask, Cancellation);
        message.Content[0].TryPickText(out var text).ShouldBeTrue();
        text!.Text.ShouldStartWith($"[simulated {model}]");
        message.Usage.InputTokens.ShouldBeGreaterThan(BothDialectsFixture.ImageTokens);
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task Schema_IsKept(string model)
    {
        using var client = Client();
        var schema = JsonElement.Parse(
            """{"type":"object","properties":{"colour":{"enum":["red","blue"]}},"required":["colour"],"additionalProperties":false}"""
        );
        var ask = Request(model, "Which colour?") with
        {
            OutputConfig = new OutputConfig
            {
                Format = new JsonOutputFormat
                {
                    Schema = schema.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal),
                },
            },
        };
        var message = await client.Messages.Create(ask, Cancellation);
        message.Content[0].TryPickText(out var text).ShouldBeTrue();
        JsonElement.Parse(text!.Text).GetProperty("colour").GetString().ShouldBeOneOf("red", "blue");
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task RefusalOfTheUpstream_IsTheClientsBadRequest(string model)
    {
        using var client = Client();
        await Should.ThrowAsync<AnthropicBadRequestException>(() =>
            client.Messages.Create(Request(model, BothDialectsFixture.Refuse), Cancellation)
        );
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Far)]
    [InlineData(Third)]
    [InlineData(Near)]
    public async Task Abort_EndsTheCallUpstream_AndLeavesOneFlaggedRow(string model)
    {
        using var client = Client();
        var billed = gateway.Simulator.Bill.Count;
        await BothDialectsFixture.AbortAsync(
            leaves => client.Messages.CreateStreaming(Request(model, BothDialectsFixture.Stall), leaves),
            part => part.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out _)
        );
        await gateway.ShouldHaveAbortedOneAsync(billed, model);
    }

    [Fact]
    public async Task UnknownModel_IsNotFound()
    {
        using var client = Client();
        var error = await Should.ThrowAsync<AnthropicNotFoundException>(() =>
            client.Messages.Create(Request("claude-haiku-4-55", "Hi"), Cancellation)
        );
        error.Message.ShouldContain("claude-haiku-4-5");
    }

    [Fact]
    public async Task WrongKey_IsRefusedAsTheClientExpects()
    {
        using var client = Client("sk-wye-nobody-0");
        await Should.ThrowAsync<AnthropicUnauthorizedException>(() =>
            client.Messages.Create(Request(Near, "Hi"), Cancellation)
        );
    }

    [Fact]
    public async Task TokenCount_IsAnEstimate_ThatSaysSo()
    {
        using var client = Client();
        var count = await client.Messages.CountTokens(
            new MessageCountTokensParams { Model = Near, Messages = [new UserMessageParam("Hello there")] },
            Cancellation
        );
        count.InputTokens.ShouldBeInRange(3, 60);
        using var answer = await gateway.PostAsync(
            "v1/messages/count_tokens",
            """{"model":"auto","messages":[{"role":"user","content":"Hi"}]}"""
        );
        answer.Headers.GetValues("x-wye-estimated").ShouldBe(["true"]);
    }

    private static MessageCreateParams Request(string model, string prompt) =>
        new()
        {
            Model = model,
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

    private AnthropicClient Client(string? key = null) =>
        new()
        {
            BaseUrl = gateway.Host.Address.ToString().TrimEnd('/'),
            ApiKey = key ?? gateway.Key,
            MaxRetries = 0,
            ResponseValidation = true,
        };
}
