using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

namespace Wye.Gateway.Clients;

/// <summary>The official OpenAI .NET client, unchanged, against upstreams of both dialects.</summary>
public sealed class OpenAiDotNetClientTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private const string Near = BothDialectsFixture.OpenAi;
    private const string Far = BothDialectsFixture.Anthropic;
    private const string Third = BothDialectsFixture.Gemini;

    private readonly int _calls = gateway.Simulator.Calls.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task Chat_ReturnsAnAnswer_WithItsModelAndCost(string model)
    {
        var completion = await Client(model).CompleteChatAsync("Classify this ticket as bug or feature: it crashes.");

        completion.Value.Content[0].Text.ShouldStartWith($"[simulated {model}]");
        completion.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
        completion.Value.Usage.InputTokenCount.ShouldBeGreaterThan(0);
        completion.GetRawResponse().Headers.TryGetValue("x-wye-model", out var routed).ShouldBeTrue();
        routed.ShouldBe(model);
        completion.GetRawResponse().Headers.TryGetValue("x-wye-cost-usd", out var cost).ShouldBeTrue();
        decimal.Parse(cost!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task Stream_DeliversTheWholeText_AFinishReasonAndUsage(string model)
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in Client(model).CompleteChatStreamingAsync("Summarize: the quick brown fox."))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }

            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        var whole = await Client(model).CompleteChatAsync("Summarize: the quick brown fox.");
        text.ToString().ShouldBe(whole.Value.Content[0].Text);
        text.ToString().ShouldStartWith($"[simulated {model}]");
        finish.ShouldBe(ChatFinishReason.Stop);
        usage!.OutputTokenCount.ShouldBe(whole.Value.Usage.OutputTokenCount);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task SingleTool_ArrivesWithParsableArguments(string model)
    {
        var options = new ChatCompletionOptions
        {
            Tools = { Tool("get_weather") },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
        };

        var completion = await Client(model)
            .CompleteChatAsync([new UserChatMessage("What is it like in Oslo?")], options, Cancellation);

        completion.Value.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = completion.Value.ToolCalls.ShouldHaveSingleItem();
        call.FunctionName.ShouldBe("get_weather");
        JsonElement.Parse(call.FunctionArguments.ToString()).TryGetProperty("what", out _).ShouldBeTrue();
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task ParallelTools_AreCalled_AndTheirResultsAnswered(string model)
    {
        var options = new ChatCompletionOptions { Tools = { Tool("get_weather"), Tool("get_time") } };
        List<ChatMessage> messages = [new UserChatMessage("get weather and get time")];
        var first = await Client(model).CompleteChatAsync(messages, options, Cancellation);
        first.Value.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        first.Value.ToolCalls.Select(call => call.FunctionName).ShouldBe(["get_weather", "get_time"]);
        messages.Add(new AssistantChatMessage(first.Value));
        messages.AddRange(first.Value.ToolCalls.Select(call => new ToolChatMessage(call.Id, "42")));
        var second = await Client(model).CompleteChatAsync(messages, options, Cancellation);
        second.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
        second.Value.Content[0].Text.ShouldStartWith($"[simulated {model}]");
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task Vision_ReachesTheUpstream(string model)
    {
        var image = BinaryData.FromBytes(Convert.FromBase64String("iVBORw0KGgo="));
        var ask = new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("Which colour?"),
            ChatMessageContentPart.CreateImagePart(image, "image/png")
        );
        var completion = await Client(model).CompleteChatAsync([ask], cancellationToken: Cancellation);
        completion.Value.Content[0].Text.ShouldStartWith($"[simulated {model}]");
        completion.Value.Usage.InputTokenCount.ShouldBeGreaterThan(BothDialectsFixture.ImageTokens);
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task Schema_IsKept(string model)
    {
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "paint",
                BinaryData.FromString(
                    """{"type":"object","properties":{"colour":{"enum":["red","blue"]}},"required":["colour"],"additionalProperties":false}"""
                ),
                jsonSchemaIsStrict: true
            ),
        };
        var completion = await Client(model)
            .CompleteChatAsync([new UserChatMessage("Which colour?")], options, Cancellation);
        completion.Value.Model.ShouldContain(model);
        JsonElement
            .Parse(completion.Value.Content[0].Text)
            .GetProperty("colour")
            .GetString()
            .ShouldBeOneOf("red", "blue");
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task RefusalOfTheUpstream_IsA400(string model)
    {
        var refused = await Should.ThrowAsync<ClientResultException>(() =>
            Client(model).CompleteChatAsync(BothDialectsFixture.Refuse)
        );

        refused.Status.ShouldBe(400);
        gateway.ShouldHaveAskedOnly(model, _calls);
    }

    [Theory]
    [InlineData(Near)]
    [InlineData(Far)]
    [InlineData(Third)]
    public async Task Abort_EndsTheCallUpstream_AndLeavesOneFlaggedRow(string model)
    {
        var billed = gateway.Simulator.Bill.Count;
        await BothDialectsFixture.AbortAsync(
            leaves =>
                Client(model)
                    .CompleteChatStreamingAsync(
                        [new UserChatMessage(BothDialectsFixture.Stall)],
                        cancellationToken: leaves
                    ),
            update => update.ContentUpdate.Any(part => part.Text.Length > 0)
        );
        await gateway.ShouldHaveAbortedOneAsync(billed, model);
    }

    [Fact]
    public async Task WrongKey_IsRefusedAsTheClientExpects()
    {
        var client = new ChatClient(Near, new ApiKeyCredential("sk-wye-nobody-0"), Options());

        var refused = await Should.ThrowAsync<ClientResultException>(() => client.CompleteChatAsync("hello"));

        refused.Status.ShouldBe(401);
    }

    [Fact]
    public async Task UnknownModel_Is404WithTheNearestName()
    {
        var refused = await Should.ThrowAsync<ClientResultException>(() =>
            Client("gpt-4o-minni").CompleteChatAsync("hello")
        );

        refused.Status.ShouldBe(404);
        refused.Message.ShouldContain("gpt-4o-mini");
    }

    private static ChatTool Tool(string name) =>
        ChatTool.CreateFunctionTool(
            name,
            "A tool",
            BinaryData.FromString(
                """{"type":"object","properties":{"what":{"type":"string"}},"required":["what"],"additionalProperties":false}"""
            )
        );

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(gateway.Host.Address, "v1") };

    private ChatClient Client(string model) => new(model, new ApiKeyCredential(gateway.Key), Options());
}
