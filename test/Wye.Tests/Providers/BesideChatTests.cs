using System.Net.Http;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

/// <summary>What a provider speaks beside the dialect it is configured with: embeddings and the older completions.</summary>
public class BesideChatTests
{
    private const string Vectors = """{"data":[{"index":0,"embedding":[0.1]}],"usage":{"prompt_tokens":1}}""";
    private const string Completed = """{"choices":[{"text":"Hello","index":0,"finish_reason":"stop"}]}""";

    [Theory]
    [InlineData("https://far.example/v1", "https://far.example/v1/embeddings")]
    [InlineData(
        "https://r.openai.azure.com/openai?api-version=2024-10-21",
        "https://r.openai.azure.com/openai/deployments/up/embeddings?api-version=2024-10-21"
    )]
    public async Task Embeddings_GoToTheirOwnPath_ByteForByte(string baseUrl, string address)
    {
        const string Body = """{"model":"embed","input":["a"],"dimensions":8,"new":1.50}""";
        using var handler = new VerbatimHandler(Vectors);
        await using var exchange = await SendAsync(handler, "embeddings", Body, baseUrl);
        exchange.Error.ShouldBeNull();
        exchange.Reply!.Usage.ShouldBe(new Usage { InputTokens = 1 });
        var (uri, _, sent) = handler.Asked.ShouldHaveSingleItem();
        uri.AbsoluteUri.ShouldBe(address);
        sent.ShouldBe(Body.Replace("\"embed\"", "\"up\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completions_AreRelayed_ToModelsThatSpeakThem()
    {
        const string Body = """{"model":"auto","prompt":"Hi","echo":true,"suffix":"!","logprobs":2}""";
        using var handler = new VerbatimHandler(Completed);
        await using var exchange = await SendAsync(
            handler,
            "completions",
            Body,
            "https://far.example/v1",
            Capabilities.Streaming | Capabilities.Completions
        );
        exchange.Error.ShouldBeNull();
        System.Text.Encoding.UTF8.GetString(exchange.Reply!.Text.Span).ShouldBe("Hello");
        handler.Asked[0].Uri.AbsoluteUri.ShouldBe("https://far.example/v1/completions");
        handler.Asked[0].Body.ShouldBe(Body.Replace("\"auto\"", "\"up\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completions_AreAskedAsAChat_OfOtherModels()
    {
        using var handler = new VerbatimHandler(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"""
        );
        await using var exchange = await SendAsync(
            handler,
            "completions",
            """{"model":"auto","prompt":"Hi"}""",
            "https://far.example/v1"
        );
        exchange.Error.ShouldBeNull();
        handler.Asked[0].Uri.AbsoluteUri.ShouldBe("https://far.example/v1/chat/completions");
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("gemini")]
    public async Task Embeddings_OfAProviderThatSpeaksAnotherDialect_AreRefused_AndNothingIsSent(string dialect)
    {
        using var handler = new VerbatimHandler(Vectors);
        await using var exchange = await SendAsync(
            handler,
            "embeddings",
            """{"model":"embed","input":"a"}""",
            "https://far.example/v1",
            dialect: dialect
        );
        exchange.Error!.Code.ShouldBe(ChatErrorCodes.DialectMismatch);
        handler.Asked.ShouldBeEmpty();
    }

    private static async Task<ChatExchange> SendAsync(
        VerbatimHandler handler,
        string caller,
        string body,
        string baseUrl,
        Capabilities capabilities = Capabilities.Streaming,
        string dialect = "openai"
    )
    {
        DialectRegistry.BuiltIn.TryFind<ICallerDialect>(caller, out var callers).ShouldBeTrue();
        callers.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out _).ShouldBeTrue();
        var deployment = A.HttpDeployment(new Uri(baseUrl), "up", capabilities, dialect);
        using var factory = new HttpChatModelFactory(
            DialectRegistry.BuiltIn,
            _ => new HttpMessageInvoker(handler, disposeHandler: false),
            TimeProvider.System,
            ResponseBounds.Default
        );
        factory.Use([A.EndpointOf(deployment)]);
        return await factory.Open(deployment).SendAsync(A.CallOf(request!), TestContext.Current.CancellationToken);
    }
}
