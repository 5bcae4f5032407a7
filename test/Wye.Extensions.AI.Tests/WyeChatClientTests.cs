using System.Text.Json;
using Microsoft.Extensions.AI;
using Wye.Primitives;
using Wye.Simulator.Faults;

namespace Wye.Extensions.AI;

/// <summary>What M.E.AI programs do, against Wye in front of real HTTP upstreams.</summary>
public sealed class WyeChatClientTests(SimulatedWye wye) : IClassFixture<SimulatedWye>
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create(
        (string city) => $"Sunny in {city}.",
        "get_weather",
        "Current weather of a city"
    );

    private static readonly AIFunction Clock = AIFunctionFactory.Create(
        (string city) => $"Noon in {city}.",
        "get_time",
        "Time"
    );

    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_IsAnsweredByTheRoutedModel_AndSaysWhereItCameFrom()
    {
        var answer = await wye.Client.GetResponseAsync(
            "Sort it: it crashes.",
            new ChatOptions().WithStep("sort", StepKind.Classify),
            Token
        );

        answer.Text.ShouldStartWith("[simulated gpt-4o-mini]");
        answer.ModelId.ShouldBe("gpt-4o-mini");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage!.InputTokenCount!.Value.ShouldBeGreaterThan(0);
        answer.Usage.OutputTokenCount!.Value.ShouldBeGreaterThan(0);
        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        from!.Model.ShouldBe("gpt-4o-mini");
        from.Route.ShouldBe("auto");
        from.RequestId.ShouldStartWith("req_");
        from.Why.ShouldContain("classify");
        from.Attempts.ShouldBe(1);
        from.CostUsd.ShouldBeGreaterThan(0);
        from.SavedUsd!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ClientThatIsDisposed_SaysSo()
    {
        await using var own = await SimulatedWye.StartAsync();
        own.Client.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() =>
            own.Client.GetResponseAsync("Hi", cancellationToken: Token)
        );
        await Should.ThrowAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in own.Client.GetStreamingResponseAsync("Hi", cancellationToken: Token)) { }
        });
        own.Client.Dispose();
    }

    [Fact]
    public async Task Step_DecidesTheTier()
    {
        var model = async (StepKind kind) =>
            (await wye.Client.GetResponseAsync("Go on.", new ChatOptions().WithStep("s", kind), Token)).ModelId;

        (await model(StepKind.Extract)).ShouldBe("gpt-4o-mini");
        (await model(StepKind.Write)).ShouldBe("gpt-4o");
        (await model(StepKind.Plan)).ShouldBe("claude-opus-4-5");
    }

    [Fact]
    public async Task ModelId_NamesAModelItself()
    {
        var answer = await wye.Client.GetResponseAsync(
            "Hello.",
            new ChatOptions { ModelId = "claude-opus-4-5" },
            Token
        );

        answer.ModelId.ShouldBe("claude-opus-4-5");
    }

    [Fact]
    public async Task Stream_GivesTheSameTextInParts_ThenUsageAndWhereItCameFrom()
    {
        var options = new ChatOptions { Seed = 7 }.WithStep("s", StepKind.Classify);
        var whole = await wye.Client.GetResponseAsync("Sort it: it hangs at start.", options, Token);
        List<ChatResponseUpdate> updates = [];

        await foreach (
            var update in wye.Client.GetStreamingResponseAsync("Sort it: it hangs at start.", options, Token)
        )
        {
            updates.Add(update);
        }

        updates.Count(update => update.Text.Length > 0).ShouldBeGreaterThan(1);
        var streamed = updates.ToChatResponse();
        streamed.Text.ShouldBe(whole.Text);
        streamed.ModelId.ShouldBe(whole.ModelId);
        streamed.FinishReason.ShouldBe(ChatFinishReason.Stop);
        streamed.Usage!.OutputTokenCount.ShouldBe(whole.Usage!.OutputTokenCount);
        WyeProvenance.TryRead(updates[^1].AdditionalProperties, out var from).ShouldBeTrue();
        from!.CostUsd.ShouldBeGreaterThan(0);
        WyeProvenance.TryRead(streamed, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_IsCalledWithArguments_AndItsResultGoesBack(bool stream)
    {
        var options = new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny };
        List<ChatMessage> turns = [new(ChatRole.User, "What is the weather in Oslo?")];

        var asked = await AnswerAsync(turns, options, stream);

        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = asked
            .Messages.SelectMany(turn => turn.Contents)
            .OfType<FunctionCallContent>()
            .ShouldHaveSingleItem();
        call.Name.ShouldBe("get_weather");
        call.CallId.ShouldNotBeEmpty();
        call.Arguments!.ShouldContainKey("city");
        turns.AddRange(asked.Messages);
        turns.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "Sunny in Oslo.")]));
        options.ToolMode = null;

        var answer = await AnswerAsync(turns, options, stream);

        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Text.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_AreCalledInParallel_UnlessTheCallerForbidsIt(bool stream)
    {
        List<ChatMessage> turns = [new(ChatRole.User, "Use get_weather and get_time for Oslo.")];

        var both = await AnswerAsync(turns, new ChatOptions { Tools = [Weather, Clock] }, stream);
        var one = await AnswerAsync(
            turns,
            new ChatOptions { Tools = [Weather, Clock], AllowMultipleToolCalls = false },
            stream
        );

        Names(both).ShouldBe(["get_weather", "get_time"]);
        Names(one).ShouldHaveSingleItem();

        static IEnumerable<string> Names(ChatResponse answer) =>
            answer.Messages.SelectMany(turn => turn.Contents).OfType<FunctionCallContent>().Select(call => call.Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UpstreamOfAnotherWireFormat_AnswersAlike(bool stream)
    {
        List<ChatMessage> turns = [new(ChatRole.User, "Use get_weather and get_time for Oslo.")];
        var options = new ChatOptions { ModelId = "claude-haiku-4-5", MaxOutputTokens = 500 };

        var text = await AnswerAsync([new ChatMessage(ChatRole.User, "Say it.")], options, stream);
        options.Tools = [Weather, Clock];
        var calls = await AnswerAsync(turns, options, stream);

        text.Text.ShouldStartWith("[simulated claude-haiku-4-5]");
        text.FinishReason.ShouldBe(ChatFinishReason.Stop);
        text.Usage!.OutputTokenCount!.Value.ShouldBeGreaterThan(0);
        calls.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        calls
            .Messages.SelectMany(turn => turn.Contents)
            .OfType<FunctionCallContent>()
            .Select(call => call.Name)
            .ShouldBe(["get_weather", "get_time"]);
        calls
            .Messages.SelectMany(turn => turn.Contents)
            .OfType<FunctionCallContent>()
            .ShouldAllBe(call => call.Arguments!.ContainsKey("city"));
    }

    [Fact]
    public async Task JsonSchema_IsFollowed()
    {
        var schema = JsonDocument
            .Parse(
                """{"type":"object","properties":{"city":{"type":"string"},"degrees":{"type":"integer"}},"required":["city","degrees"],"additionalProperties":false}"""
            )
            .RootElement;

        var answer = await wye.Client.GetResponseAsync(
            "The weather in Oslo.",
            new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "weather") },
            Token
        );

        var json = JsonDocument.Parse(answer.Text).RootElement;
        json.GetProperty("city").ValueKind.ShouldBe(JsonValueKind.String);
        json.GetProperty("degrees").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task Image_IsSentAndPaidFor()
    {
        ChatMessage[] turns =
        [
            new(ChatRole.User, [new TextContent("What is in it?"), new DataContent(Pixel, "image/png")]),
        ];

        var answer = await wye.Client.GetResponseAsync(turns, options: null, Token);
        var blind = await wye.Client.GetResponseAsync("What is in it?", options: null, Token);

        answer.Text.ShouldStartWith("[simulated ");
        answer.Usage!.InputTokenCount!.Value.ShouldBeGreaterThan(blind.Usage!.InputTokenCount!.Value);
    }

    [Fact]
    public async Task UnknownModel_ThrowsWithTheNearestName()
    {
        var refused = await Should.ThrowAsync<WyeChatException>(() =>
            wye.Client.GetResponseAsync("Hello.", new ChatOptions { ModelId = "gpt-4o-minni" }, Token)
        );

        refused.Kind.ShouldBe(FailureKind.ModelNotFound);
        refused.Message.ShouldContain("gpt-4o-mini");
        refused.Provenance!.CostUsd.ShouldBe(0);
    }

    [Fact]
    public async Task RequestThatNoDialectTakes_ThrowsAndNamesThePart()
    {
        var refused = await Should.ThrowAsync<WyeChatException>(() =>
            wye.Client.GetResponseAsync([], options: null, Token)
        );

        refused.Kind.ShouldBe(FailureKind.BadRequest);
        refused.Param.ShouldBe("messages");
    }

    [Theory]
    [InlineData(WyeHints.Quality, 1.5, "takes a number in 0..1, e.g. 0.85.")]
    [InlineData(WyeHints.MaxCost, "free", "takes US dollars above 0, e.g. 0.05.")]
    [InlineData(WyeHints.Prefer, "luck", "takes one of cost, quality, speed.")]
    public async Task HintThatCannotBeRead_ThrowsAndNamesItsKey(string key, object value, string expected)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [key] = value } };

        var wrong = await Should.ThrowAsync<ArgumentException>(() =>
            wye.Client.GetResponseAsync("Hi.", options, Token)
        );

        wrong.Message.ShouldStartWith($"The additional property '{key}' {expected}");
    }

    [Fact]
    public async Task MaxCost_IsObeyed()
    {
        var refused = await Should.ThrowAsync<WyeChatException>(() =>
            wye.Client.GetResponseAsync("Prove it.", new ChatOptions().WithMaxCost(0.000_000_1m), Token)
        );

        refused.Kind.ShouldBe(FailureKind.BudgetExceeded);
    }

    [Fact]
    public async Task BrokenStream_ThrowsAfterItsContent()
    {
        await using var own = await SimulatedWye.StartAsync();
        own.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.CutStream(afterChunks: 2));
        var text = "";

        var cut = await Should.ThrowAsync<WyeChatException>(async () =>
        {
            await foreach (var update in own.Client.GetStreamingResponseAsync("Tell me.", null, Token))
            {
                text += update.Text;
            }
        });

        text.ShouldNotBeEmpty();
        cut.Kind.ShouldBe(FailureKind.ConnectionLost);
        cut.Provenance!.CostUsd.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task CancelledCall_ThrowsItsOwnCancellation()
    {
        await using var own = await SimulatedWye.StartAsync();
        own.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.NoHeaders());
        using var stop = new CancellationTokenSource();

        var call = own.Client.GetResponseAsync("Hello.", options: null, stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task StreamThatIsLeft_IsSettledAsGone()
    {
        await using var own = await SimulatedWye.StartAsync();
        own.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.StallMidStream(afterChunks: 1));

        await foreach (var update in own.Client.GetStreamingResponseAsync("Tell me.", null, Token))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        var row = (await own.Ledger.RecentAsync(1, Token)).ShouldHaveSingleItem();
        row.Failure.ShouldBe(FailureKind.CallerGone);
        row.Cost.ShouldBeGreaterThan(Usd.Zero);
    }

    [Fact]
    public void Metadata_NamesWyeAndItsRoute()
    {
        var metadata = (ChatClientMetadata)wye.Client.GetService(typeof(ChatClientMetadata))!;

        metadata.ProviderName.ShouldBe("wye");
        metadata.DefaultModelId.ShouldBe("auto");
        wye.Client.GetService(typeof(WyeChatClient)).ShouldBeSameAs(wye.Client);
    }

    private async Task<ChatResponse> AnswerAsync(List<ChatMessage> turns, ChatOptions options, bool stream) =>
        stream
            ? await wye.Client.GetStreamingResponseAsync(turns, options, Token).ToChatResponseAsync(Token)
            : await wye.Client.GetResponseAsync(turns, options, Token);
}
