using System.Net.Http;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects;
using Wye.Testing;

namespace Wye.Providers;

public class VendorHabitsTests
{
    private const string Streamed = """{"model":"auto","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData("https://me.openai.azure.com/openai/v1/", "api-key: k-1")]
    [InlineData("https://me.cognitiveservices.azure.com/openai/v1/", "api-key: k-1")]
    [InlineData("https://me.services.ai.azure.com/openai/v1/", "api-key: k-1")]
    [InlineData("https://me.openai.azure.us/openai/v1/", "api-key: k-1")]
    [InlineData("https://openai.azure.com.evil.example/v1/", "Authorization: Bearer k-1")]
    [InlineData("https://evilopenai.azure.com/v1/", "Authorization: Bearer k-1")]
    [InlineData("https://api.openai.com/v1/", "Authorization: Bearer k-1")]
    [InlineData("http://localhost:8000/v1/", "Authorization: Bearer k-1")]
    public async Task Key_TravelsInTheVendorsHeader_AndInNoOther(string baseUrl, string expected)
    {
        var (_, headers, _) = await AskAsync(baseUrl, Streamed);
        headers.ShouldContain(expected);
        headers.Split("k-1").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(
        "https://me.openai.azure.com/openai/deployments/dep?api-version=2024-10-21",
        "https://me.openai.azure.com/openai/deployments/dep/chat/completions?api-version=2024-10-21"
    )]
    [InlineData(
        "https://me.openai.azure.com/openai?api-version=2024-10-21",
        "https://me.openai.azure.com/openai/deployments/upstream-1/chat/completions?api-version=2024-10-21"
    )]
    [InlineData(
        "https://me.openai.azure.com/openai/v1/?api-version=preview",
        "https://me.openai.azure.com/openai/v1/chat/completions?api-version=preview"
    )]
    [InlineData(
        "https://me.services.ai.azure.com/openai/v1",
        "https://me.services.ai.azure.com/openai/v1/chat/completions"
    )]
    public async Task Azure_IsCalledAtItsClassicAndItsNewAddress(string baseUrl, string expected) =>
        (await AskAsync(baseUrl, Streamed)).Uri.AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData("https://api.openai.com/v1/", 4)]
    [InlineData("https://me.openai.azure.com/openai/v1/", 4)]
    [InlineData("https://openai.com.evil.example/v1/", null)]
    [InlineData("http://localhost:8000/v1/", null)]
    public void StopSequences_AreBounded_WhereTheServerBoundsThem(string baseUrl, int? most) =>
        ProviderHabits.TargetOf(A.HttpDeployment(new Uri(baseUrl))).MostStops.ShouldBe(most);

    [Theory]
    [InlineData("https://api.mistral.ai/v1/", false)]
    [InlineData("https://me.openai.azure.com/openai/deployments/d?api-version=2024-02-01", false)]
    [InlineData("https://me.openai.azure.com/openai/deployments/d?api-version=2024-09-01-preview", true)]
    [InlineData("https://me.openai.azure.com/openai/v1/?api-version=preview", true)]
    [InlineData("https://api.groq.com/openai/v1/", true)]
    public async Task StreamOptions_StayOut_WhereTheyAreRefused(string baseUrl, bool expected)
    {
        string[] bodies =
        [
            Streamed,
            """{"stream_options":{"include_usage":false},"model":"auto","stream":true,"messages":[{"role":"user","content":"Hi"}]}""",
            """{"model":"auto", "stream_options" : {"x":1} , "stream":true,"messages":[{"role":"user","content":"Hi"}]}""",
            """{"model":"auto","stream":true,"messages":[{"role":"user","content":"Hi"}],"stream_options":null}""",
        ];
        foreach (var body in bodies)
        {
            using var sent = JsonDocument.Parse((await AskAsync(baseUrl, body)).Body);
            sent.RootElement.TryGetProperty("stream_options", out _).ShouldBe(expected);
            sent.RootElement.GetProperty("model").GetString().ShouldBe("upstream-1");
            sent.RootElement.GetProperty("messages").GetArrayLength().ShouldBe(1);
        }
    }

    private static async Task<(Uri Uri, string Headers, string Body)> AskAsync(string baseUrl, string body)
    {
        using var handler = new VerbatimHandler("{}", 500);
        DialectRegistry.BuiltIn.TryFind("openai", out var dialect).ShouldBeTrue();
        dialect!.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out _).ShouldBeTrue();
        var deployment = A.HttpDeployment(new Uri(baseUrl));
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var model = new HttpChatModel(
            deployment,
            A.EndpointOf(deployment, "k-1"),
            dialect,
            transport,
            TimeProvider.System,
            ResponseBounds.Default
        );
        await using var exchange = await model.SendAsync(A.CallOf(request!), default);
        return handler.Asked.ShouldHaveSingleItem();
    }
}
