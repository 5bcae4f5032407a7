using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Embeddings;
using OpenAI.Models;
using OpenAI.Responses;

namespace Wye.Gateway.Clients;

#pragma warning disable OPENAI001 // The client marks its responses as subject to change.

/// <summary>The official OpenAI .NET client, unchanged, at the newer faces against upstreams of every dialect.</summary>
public sealed class ResponsesDotNetClientTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Models =>
        new(BothDialectsFixture.OpenAi, BothDialectsFixture.Anthropic, BothDialectsFixture.Gemini);

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Response_HasTextAndUsage_AndIsContinuedById(string model)
    {
        var client = Client();
        var first = (await client.CreateResponseAsync(model, "My name is Ada.", cancellationToken: Cancellation)).Value;
        first.Status.ShouldBe(ResponseStatus.Completed);
        first.GetOutputText().ShouldStartWith($"[simulated {model}]");
        first.Usage.InputTokenCount.ShouldBeGreaterThan(0);

        var second = (await client.CreateResponseAsync(model, "Who am I?", first.Id, Cancellation)).Value;
        second.PreviousResponseId.ShouldBe(first.Id);
        second.Usage.InputTokenCount.ShouldBeGreaterThan(first.Usage.InputTokenCount + first.Usage.OutputTokenCount);

        var third = (await client.CreateResponseAsync(model, "And now?", second.Id, Cancellation)).Value;
        third.Usage.InputTokenCount.ShouldBeGreaterThan(second.Usage.InputTokenCount + second.Usage.OutputTokenCount);
        (await client.GetResponseAsync(third.Id, Cancellation)).Value.GetOutputText().ShouldBe(third.GetOutputText());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Stream_BringsTheTextInDeltas_ThenTheWholeResponse(string model)
    {
        var text = new StringBuilder();
        ResponseResult? whole = null;
        var updates = await Client()
            .CreateResponseStreamingAsync(
                new CreateResponseOptions(
                    model,
                    [ResponseItem.CreateUserMessageItem("Summarize: the quick brown fox.")]
                )
                {
                    StreamingEnabled = true,
                },
                Cancellation
            );
        await foreach (var update in updates)
        {
            switch (update)
            {
                case StreamingResponseOutputTextDeltaUpdate delta:
                    text.Append(delta.Delta);
                    break;
                case StreamingResponseCompletedUpdate completed:
                    whole = completed.Response;
                    break;
            }
        }

        whole.ShouldNotBeNull();
        whole.GetOutputText().ShouldBe(text.ToString());
        text.ToString().ShouldStartWith($"[simulated {model}]");
        whole.Usage.OutputTokenCount.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Tool_IsCalled_AndItsResultIsAnswered(string model)
    {
        var schema = BinaryData.FromString(
            """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""
        );
        var tool = ResponseTool.CreateFunctionTool("get_weather", schema, strictModeEnabled: true);
        var ask = ResponseItem.CreateUserMessageItem("What is it like in Oslo?");
        var options = new CreateResponseOptions(model, [ask])
        {
            ToolChoice = ResponseToolChoice.CreateRequiredChoice(),
        };
        options.Tools.Add(tool);
        var first = (await Client().CreateResponseAsync(options, Cancellation)).Value;
        var call = first.OutputItems.OfType<FunctionCallResponseItem>().ShouldHaveSingleItem();
        call.FunctionName.ShouldBe("get_weather");
        JsonElement.Parse(call.FunctionArguments.ToString()).TryGetProperty("city", out _).ShouldBeTrue();

        // The whole conversation, without any memory of the gateway.
        var answered = new CreateResponseOptions(
            model,
            [ask, call, ResponseItem.CreateFunctionCallOutputItem(call.CallId, "rain")]
        )
        {
            ToolChoice = ResponseToolChoice.CreateNoneChoice(),
            StoredOutputEnabled = false,
        };
        answered.Tools.Add(tool);
        (await Client().CreateResponseAsync(answered, Cancellation)).Value.GetOutputText().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Response_OfAnotherKeyOrUnknown_IsNotContinued()
    {
        var failed = await Should.ThrowAsync<ClientResultException>(() =>
            Client().CreateResponseAsync(BothDialectsFixture.OpenAi, "Hi", "resp_unknown", Cancellation)
        );
        failed.Status.ShouldBe(400);
        failed.Message.ShouldContain("resp_unknown");
    }

    [Fact]
    public async Task Embeddings_ComeByNameAndAlias_WithExactUsage()
    {
        foreach (var name in new[] { BothDialectsFixture.Embedding, "embed" })
        {
            var client = new EmbeddingClient(name, new ApiKeyCredential(gateway.Key), Options());
            var result = await client.GenerateEmbeddingsAsync(
                ["hello", "a longer text"],
                new EmbeddingGenerationOptions { Dimensions = 16 },
                Cancellation
            );
            result.Value.Count.ShouldBe(2);
            result.Value[0].ToFloats().Length.ShouldBe(16);
            var billed = gateway.Simulator.Bill.Snapshot().Last(line => line.Model == BothDialectsFixture.Embedding);
            result.Value.Usage.InputTokenCount.ShouldBe((int)billed.Tokens.Input);
            result.GetRawResponse().Headers.TryGetValue("x-wye-cost-usd", out var cost).ShouldBeTrue();
            decimal.Parse(cost!, System.Globalization.CultureInfo.InvariantCulture)
                .ShouldBe(billed.PicoUsd / 1_000_000_000_000m);
        }
    }

    [Fact]
    public async Task Models_AreListedAndFound()
    {
        var client = new OpenAIModelClient(new ApiKeyCredential(gateway.Key), Options());
        var all = (await client.GetModelsAsync(Cancellation)).Value;
        all.Select(model => model.Id).ShouldContain(BothDialectsFixture.Gemini);
        all.Select(model => model.Id).ShouldContain("embed");
        (await client.GetModelAsync("auto", Cancellation)).Value.OwnedBy.ShouldBe("wye");
    }

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(gateway.Host.Address, "v1") };

    private ResponsesClient Client() =>
        new(
            new ApiKeyCredential(gateway.Key),
            new ResponsesClientOptions { Endpoint = new Uri(gateway.Host.Address, "v1") }
        );
}
