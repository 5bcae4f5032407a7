using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Chat clients as providers: what they are asked, and what becomes of what they answer.</summary>
public sealed class ChatClientProviderTests : IAsyncDisposable
{
    private readonly HostedFake _wye = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _wye.DisposeAsync();

    [Fact]
    public async Task Request_ArrivesAsItWasSent()
    {
        var tool = AIFunctionFactory.CreateDeclaration(
            "find",
            "Finds",
            JsonDocument.Parse("""{"type":"object","properties":{"q":{"type":"string"}}}""").RootElement,
            returnJsonSchema: null
        );
        ChatMessage[] turns =
        [
            new(ChatRole.System, "Be brief — « ok »."),
            new(ChatRole.User, [new TextContent("Look:"), new DataContent(new byte[] { 1, 2 }, "image/png")]),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "find", Arguments("q", "x"))]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "found")]),
            new(ChatRole.User, "And now?"),
        ];
        var options = new ChatOptions
        {
            Temperature = 0.25f,
            TopP = 0.5f,
            MaxOutputTokens = 50,
            Seed = 3,
            StopSequences = ["END"],
            FrequencyPenalty = 0.5f,
            PresencePenalty = -0.5f,
            Tools = [tool],
            ToolMode = ChatToolMode.RequireSpecific("find"),
            AllowMultipleToolCalls = false,
            ResponseFormat = ChatResponseFormat.Json,
        };

        await _wye.Client.GetResponseAsync(turns, options, Token);

        var (messages, sent) = _wye.Cheap.Calls.ShouldHaveSingleItem();
        messages.Select(turn => turn.Role.Value).ShouldBe(["system", "user", "assistant", "tool", "user"]);
        messages[0].Text.ShouldBe("Be brief — « ok ».");
        messages[1].Contents.OfType<DataContent>().ShouldHaveSingleItem().Data.ToArray().ShouldBe([1, 2]);
        var call = messages[2].Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();
        (call.CallId, call.Name, call.Arguments!["q"]!.ToString()).ShouldBe(("c1", "find", "x"));
        messages[3].Contents.OfType<FunctionResultContent>().ShouldHaveSingleItem().Result.ShouldBe("found");
        sent.ModelId.ShouldBe("gpt-4o-mini");
        (sent.Temperature, sent.TopP, sent.MaxOutputTokens, sent.Seed).ShouldBe((0.25f, 0.5f, 50, 3L));
        (sent.FrequencyPenalty, sent.PresencePenalty).ShouldBe((0.5f, -0.5f));
        sent.StopSequences.ShouldBe(["END"]);
        sent.AllowMultipleToolCalls.ShouldBe(false);
        sent.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>().Schema.ShouldBeNull();
        sent.ToolMode.ShouldBeOfType<RequiredChatToolMode>().RequiredFunctionName.ShouldBe("find");
        var offered = (AIFunctionDeclaration)sent.Tools!.ShouldHaveSingleItem();
        offered.Name.ShouldBe("find");
        offered.JsonSchema.GetProperty("properties").TryGetProperty("q", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Answer_ComesBackWhole_AndIsPricedByTheCatalog()
    {
        _wye.Cheap.OnResponse = (_, _, _) =>
            Task.FromResult(
                new ChatResponse(
                    new ChatMessage(
                        ChatRole.Assistant,
                        [
                            new TextReasoningContent("Hm."),
                            new TextContent("Call both."),
                            new FunctionCallContent("a", "f", Arguments("x", 1)),
                            new FunctionCallContent("b", "g"),
                        ]
                    )
                )
                {
                    Usage = new UsageDetails
                    {
                        InputTokenCount = 1_000,
                        CachedInputTokenCount = 200,
                        OutputTokenCount = 100,
                        ReasoningTokenCount = 40,
                    },
                }
            );

        var answer = await _wye.Client.GetResponseAsync("Go.", options: null, Token);

        answer.Text.ShouldBe("Call both.");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var contents = answer.Messages.ShouldHaveSingleItem().Contents;
        contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().Text.ShouldBe("Hm.");
        contents.OfType<FunctionCallContent>().Select(call => call.CallId).ShouldBe(["a", "b"]);
        answer.Usage!.CachedInputTokenCount.ShouldBe(200);
        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        // gpt-4o-mini: $0.15 in, $0.075 cached, $0.60 out per million.
        from!.CostUsd.ShouldBe((800 * 0.15m + 200 * 0.075m + 100 * 0.60m) / 1_000_000);
        var row = (await _wye.Ledger.RecentAsync(1, Token)).ShouldHaveSingleItem();
        row.Key.Value.ShouldBe("team");
        row.Usage.ReasoningTokens.ShouldBe(40);
    }

    [Fact]
    public async Task Stream_ComesBackInParts_WithCallsAndUsage()
    {
        _wye.Cheap.OnStream = (_, _, _) =>
            FakeChatClient.Updates(
                new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("Hm.")]),
                new ChatResponseUpdate(ChatRole.Assistant, "Call "),
                new ChatResponseUpdate(ChatRole.Assistant, "both."),
                new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("a", "f")]),
                new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("b", "g")]),
                new ChatResponseUpdate(
                    ChatRole.Assistant,
                    [new UsageContent(new UsageDetails { InputTokenCount = 9, OutputTokenCount = 4 })]
                )
            );

        var answer = await _wye.Client.GetStreamingResponseAsync("Go.", null, Token).ToChatResponseAsync(Token);

        answer.Text.ShouldBe("Call both.");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        answer
            .Messages.SelectMany(turn => turn.Contents)
            .OfType<FunctionCallContent>()
            .Select(call => (call.CallId, call.Name))
            .ShouldBe([("a", "f"), ("b", "g")]);
        (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount).ShouldBe((9, 4));
    }

    [Fact]
    public async Task Usage_ThatAClientLeavesOut_IsEstimatedAndSaidSo()
    {
        var answer = await _wye.Client.GetResponseAsync("Go.", options: null, Token);

        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        from!.Estimated.ShouldBeTrue();
        from.CostUsd.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task CallsThatAClientHasMadeItself_AreNotAskedOfTheCaller()
    {
        _wye.Cheap.OnResponse = (_, _, _) =>
            Task.FromResult(
                new ChatResponse([
                    new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("a", "f")]),
                    new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a", "done")]),
                    new ChatMessage(ChatRole.Assistant, "It is done."),
                ])
            );

        var answer = await _wye.Client.GetResponseAsync("Go.", options: null, Token);

        answer.Text.ShouldBe("It is done.");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Messages.SelectMany(turn => turn.Contents).OfType<FunctionCallContent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProviderThatFails_IsFollowedByTheNext(bool stream)
    {
        var limited = new HttpRequestException("secret prompt", null, HttpStatusCode.TooManyRequests);
        _wye.Cheap.OnResponse = (_, _, _) => throw limited;
        _wye.Cheap.OnStream = (_, _, _) => throw limited;

        var answer = stream
            ? await _wye.Client.GetStreamingResponseAsync("Go.", null, Token).ToChatResponseAsync(Token)
            : await _wye.Client.GetResponseAsync("Go.", options: null, Token);

        answer.ModelId.ShouldBe("gpt-4o");
        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        from!.Attempts.ShouldBe(2);
        from.Why.ShouldContain("429");
    }

    [Fact]
    public async Task Failure_OfEveryProvider_NamesTheTypeAndNotTheMessage()
    {
        _wye.Cheap.OnResponse = (_, _, _) => throw new InvalidOperationException("secret prompt");
        _wye.Dear.OnResponse = (_, _, _) => throw new InvalidOperationException("secret prompt");

        var failed = await Should.ThrowAsync<WyeChatException>(() => _wye.Client.GetResponseAsync("Go.", null, Token));

        failed.Kind.ShouldBe(FailureKind.ServerError);
        failed.Message.ShouldBe("The in-process provider failed with InvalidOperationException.");
    }

    [Fact]
    public async Task Cancellation_ReachesTheClient()
    {
        var seen = new TaskCompletionSource<CancellationToken>();
        _wye.Cheap.OnResponse = async (_, _, stop) =>
        {
            seen.SetResult(stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return new ChatResponse();
        };
        using var stop = new CancellationTokenSource();

        var call = _wye.Client.GetResponseAsync("Go.", options: null, stop.Token);
        var token = await seen.Task;
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task StreamThatIsLeft_CancelsAClientEvenIfItDoesNotListen()
    {
        var release = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        _wye.Cheap.OnStream = (_, _, _) => Deaf(release.Task, closed);

        await foreach (var _ in _wye.Client.GetStreamingResponseAsync("Go.", null, Token))
        {
            break;
        }

        (await _wye.Ledger.RecentAsync(1, Token)).ShouldHaveSingleItem().Failure.ShouldBe(FailureKind.CallerGone);
        release.SetResult();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    private static Dictionary<string, object?> Arguments(string name, object value) =>
        new(StringComparer.Ordinal) { [name] = value };

    private static async IAsyncEnumerable<ChatResponseUpdate> Deaf(Task release, TaskCompletionSource closed)
    {
        try
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "a");
            await release;
        }
        finally
        {
            closed.SetResult();
        }
    }
}
