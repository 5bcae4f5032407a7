using System.ClientModel;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace Wye.Gateway.Clients;

/// <summary>The official OpenAI .NET client, unchanged, against the gateway.</summary>
public sealed class OpenAiDotNetClientTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather",
        "Current weather of a city",
        BinaryData.FromString(
            """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""
        )
    );

    [Fact]
    public async Task Chat_ReturnsAnAnswerFromTheRoutedModel()
    {
        var completion = await Client("auto").CompleteChatAsync("Classify this ticket as bug or feature: it crashes.");

        completion.Value.Content[0].Text.ShouldContain("[simulated gpt-4o-mini]");
        completion.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
        completion.Value.Usage.InputTokenCount.ShouldBeGreaterThan(0);
        completion.GetRawResponse().Headers.TryGetValue("x-wye-model", out var model).ShouldBeTrue();
        model.ShouldBe("gpt-4o-mini");
        completion.GetRawResponse().Headers.TryGetValue("x-wye-cost-usd", out var cost).ShouldBeTrue();
        decimal.Parse(cost!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Stream_DeliversTheWholeTextAndAFinishReason()
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        await foreach (var update in Client("auto").CompleteChatStreamingAsync("Summarize: the quick brown fox."))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }

            finish = update.FinishReason ?? finish;
        }

        text.ToString().ShouldStartWith("[simulated ");
        finish.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task ToolCall_ArrivesWithParsableArguments()
    {
        var options = new ChatCompletionOptions
        {
            Tools = { Weather },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
        };

        var completion = await Client("auto")
            .CompleteChatAsync([new UserChatMessage("What is the weather in Oslo?")], options);

        completion.Value.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = completion.Value.ToolCalls.ShouldHaveSingleItem();
        call.FunctionName.ShouldBe("get_weather");
        System
            .Text.Json.JsonDocument.Parse(call.FunctionArguments)
            .RootElement.TryGetProperty("city", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task WrongKey_IsRefusedAsTheClientExpects()
    {
        var client = new ChatClient("auto", new ApiKeyCredential("sk-wye-nobody-0"), Options());

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

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(gateway.Host.Address, "v1") };

    private ChatClient Client(string model) => new(model, new ApiKeyCredential(gateway.Key), Options());
}
