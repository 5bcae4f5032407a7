using System.Net.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers.ErrorBodies;

/// <summary>Error bodies written after the shapes the vendors document: each falls into the class that Delivery needs.</summary>
public class ErrorBodyTests
{
    [Theory]
    [MemberData(nameof(OpenAiErrorBodies.All), MemberType = typeof(OpenAiErrorBodies))]
    [MemberData(nameof(AzureErrorBodies.All), MemberType = typeof(AzureErrorBodies))]
    [MemberData(nameof(AnthropicErrorBodies.All), MemberType = typeof(AnthropicErrorBodies))]
    [MemberData(nameof(OwnServerErrorBodies.All), MemberType = typeof(OwnServerErrorBodies))]
    [MemberData(nameof(GroqErrorBodies.All), MemberType = typeof(GroqErrorBodies))]
    [MemberData(nameof(MistralErrorBodies.All), MemberType = typeof(MistralErrorBodies))]
    [MemberData(nameof(DeepSeekErrorBodies.All), MemberType = typeof(DeepSeekErrorBodies))]
    [MemberData(nameof(TogetherErrorBodies.All), MemberType = typeof(TogetherErrorBodies))]
    [MemberData(nameof(FireworksErrorBodies.All), MemberType = typeof(FireworksErrorBodies))]
    [MemberData(nameof(OpenRouterErrorBodies.All), MemberType = typeof(OpenRouterErrorBodies))]
    [MemberData(nameof(XaiErrorBodies.All), MemberType = typeof(XaiErrorBodies))]
    public async Task Error_FallsIntoItsClass(
        int status,
        string body,
        FailureKind expected,
        string? header,
        double? seconds
    )
    {
        using var handler = new VerbatimHandler(body, status);
        if (header?.Split(": ") is [var name, var value])
        {
            handler.AnswerHeaders[name] = value;
        }

        DialectRegistry.BuiltIn.TryFind("openai", out var dialect).ShouldBeTrue();
        dialect!
            .TryReadRequest(
                A.Bytes("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}"""),
                CallerHints.None,
                out var request,
                out _
            )
            .ShouldBeTrue();
        var deployment = A.HttpDeployment(new Uri("https://far.example/v1/"));
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var model = new HttpChatModel(
            deployment,
            A.EndpointOf(deployment),
            dialect,
            transport,
            FixedTime.Default,
            ResponseBounds.Default
        );
        await using var exchange = await model.SendAsync(A.CallOf(request!), default);
        var error = exchange.Error.ShouldNotBeNull();
        (error.Kind, error.Status, error.RetryAfter?.TotalSeconds).ShouldBe((expected, status, seconds));
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }
}
