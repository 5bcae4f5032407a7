using System.Net.Http;
using Wye.Catalog;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

public class HttpChatModelFactoryTests
{
    private readonly List<TimeSpan> _transports = [];
    private readonly Deployment _deployment = A.HttpDeployment(new Uri("https://far.example/v1/"));

    [Fact]
    public void Open_GivesTheSameModel_UntilEndpointsChange()
    {
        using var factory = Factory();
        factory.Use([A.EndpointOf(_deployment)]);
        var first = factory.Open(_deployment);
        factory.Open(_deployment).ShouldBeSameAs(first);
        factory.Use([A.EndpointOf(_deployment, "new-key")]);
        factory.Open(_deployment).ShouldNotBeSameAs(first);
        factory.Open(_deployment with { }).ShouldNotBeSameAs(factory.Open(_deployment));
        _transports.ShouldHaveSingleItem("connections outlive a reload");
    }

    [Fact]
    public async Task Open_GivesAFailingModel_ForAnUnknownProvider()
    {
        using var factory = Factory();
        DialectRegistry.BuiltIn.TryFind("openai", out var dialect);
        dialect!.TryReadRequest(
            A.Bytes("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"),
            Chat.CallerHints.None,
            out var request,
            out _
        );
        await using var exchange = await factory.Open(_deployment).SendAsync(A.CallOf(request!), default);
        exchange.Error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        exchange.Error.Message.ShouldBe("The provider 'far' of 'far/m' is not configured.");
    }

    [Fact]
    public void Use_NamesEverythingThatIsWrong()
    {
        using var factory = Factory();
        var wrong = A.EndpointOf(A.HttpDeployment(new Uri("ftp://far.example/"), dialect: "elvish"), "a\r\nX: y") with
        {
            ConnectTimeout = TimeSpan.Zero,
            Headers = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("x y", "z"),
        };
        Should
            .Throw<ArgumentException>(() => factory.Use([wrong]))
            .Message.ShouldStartWith(
                "Provider 'far' speaks 'elvish', which is not known. Set dialect to one of: anthropic, gemini, openai. "
                    + "Provider 'far' has the base_url 'ftp://far.example/'. Write an absolute http or https address. "
                    + "Provider 'far' has a connect timeout of 00:00:00. Set it above zero. "
                    + "The key of provider 'far' has characters that a header cannot carry. Check it for line breaks. "
                    + "A header of provider 'far' cannot be sent. Use a token as its name and visible ASCII as its value."
            );
    }

    [Theory]
    [InlineData("https://user:pass@far.example/")]
    [InlineData("https://far.example/#x")]
    public void Use_RefusesAddressesThatCarryMore(string address)
    {
        using var factory = Factory();
        Should.Throw<ArgumentException>(() => factory.Use([A.EndpointOf(A.HttpDeployment(new Uri(address)))]));
    }

    private HttpChatModelFactory Factory() =>
        new(
            DialectRegistry.BuiltIn,
            timeout =>
            {
                _transports.Add(timeout);
                return new HttpMessageInvoker(new VerbatimHandler("{}"));
            },
            FixedTime.Default,
            ResponseBounds.Default
        );
}
