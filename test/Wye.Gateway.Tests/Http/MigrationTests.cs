using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Wye.Gateway.Http;

/// <summary>What callers of another gateway find again here.</summary>
public sealed class MigrationTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("health/liveliness", "ok\n")]
    [InlineData("health/readiness", "ready\n")]
    public async Task HealthAlias_AnswersWithoutAKey(string path, string expected)
    {
        using var http = new HttpClient { BaseAddress = gateway.Host.Address };

        (await http.GetStringAsync(path, Token)).ShouldBe(expected);
    }

    [Fact]
    public async Task LiteLlmHeaders_AreNotSentUnlessAskedFor()
    {
        using var response = await SendAsync(gateway.Http, stream: false);

        response.Headers.Where(header => header.Key.StartsWith("x-litellm")).ShouldBeEmpty();
    }

    [Fact]
    public async Task LiteLlmHeaders_SayTheSameAsOurs()
    {
        await using var host = await StartAsync();
        using var http = Client(host);

        using var response = await SendAsync(http, stream: false);

        var header = (string name) => response.Headers.GetValues(name).Single();
        header("x-litellm-call-id").ShouldBe(header("x-wye-request-id"));
        header("x-litellm-model-group").ShouldBe("auto");
        header("x-litellm-model-id").ShouldBe("sim/gpt-4o-mini");
        header("x-litellm-response-cost").ShouldBe(header("x-wye-cost-usd"));
        header("x-litellm-attempted-retries").ShouldBe("0");
        header("x-litellm-attempted-fallbacks").ShouldBe("0");
        var total = decimal.Parse(header("x-litellm-response-duration-ms"), CultureInfo.InvariantCulture);
        var overhead = decimal.Parse(header("x-litellm-overhead-duration-ms"), CultureInfo.InvariantCulture);
        overhead.ShouldBeInRange(0, total);
    }

    [Fact]
    public async Task LiteLlmHeaders_OfAStream_AreThoseThatAreKnown()
    {
        await using var host = await StartAsync();
        using var http = Client(host);

        using var response = await SendAsync(http, stream: true);

        response
            .Headers.Select(header => header.Key)
            .Where(name => name.StartsWith("x-litellm"))
            .ShouldBe(["x-litellm-call-id", "x-litellm-model-group", "x-litellm-model-id"], ignoreOrder: true);
    }

    private static HttpClient Client(GatewayHost host)
    {
        var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.FirstAdminKey);
        return http;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, bool stream) =>
        http.PostAsJsonAsync(
            "v1/chat/completions",
            new
            {
                model = "auto",
                stream,
                messages = new[] { new { role = "user", content = "Classify: it crashes." } },
            },
            Token
        );

    private Task<GatewayHost> StartAsync() =>
        GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = GatewayFixture.Config(gateway.Simulator.Address) + "\nserver: { litellm_headers: true }\n",
                DataFolder = Directory.CreateTempSubdirectory("wye-test-").FullName,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            Token
        );
}
