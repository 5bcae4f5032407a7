using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Wye.Cli;
using Wye.Quality;
using Wye.Quality.Files;
using Wye.Simulator;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Learned;

/// <summary>A router trained on own-written questions, served over HTTP and explained on the command line.</summary>
public sealed class LearnedServingTests : IAsyncLifetime
{
    private const string Easy = "tell me about the apple and the bread in the garden of some house";
    private const string Hard = "tell me about the integral of some tensor and the entropy of a lattice";
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-learned-").FullName;
    private readonly StringWriter _notices = new();
    private SimulatorServer _simulator = null!;

    public async ValueTask InitializeAsync() =>
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EasyAndHardPrompts_GoToTheCheapestModelThatReachesTheBar()
    {
        await using var gateway = await StartAsync(champion: true);
        using var http = Client(gateway);

        (await ChatAsync(http, Easy)).Model.ShouldBe("weak");
        var (model, why) = await ChatAsync(http, Hard);
        model.ShouldBe("strong");
        why.ShouldStartWith("learned: quality 0.");
        why.ShouldEndWith("-> strong");
    }

    [Fact]
    public async Task Headers_MoveTheChoice()
    {
        await using var gateway = await StartAsync(champion: true);
        using var http = Client(gateway);

        (await ChatAsync(http, Hard, ("x-wye-quality", "0.1"))).Model.ShouldBe("weak");
        (await ChatAsync(http, Hard, ("x-wye-prefer", "quality"))).Model.ShouldBe("strong");
        (await ChatAsync(http, Hard, ("x-wye-prefer", "cost"))).Model.ShouldBe("weak");
    }

    [Fact]
    public async Task RouteEndpoint_ExplainsWithoutCalling()
    {
        await using var gateway = await StartAsync(champion: true);
        using var http = Client(gateway);
        var billed = _simulator.Bill.Count;
        using var answer = await http.PostAsync("v1/route", Body(Hard), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        var learned = json.RootElement.GetProperty("learned");
        learned.GetProperty("router").GetString().ShouldBe("tiny");
        learned.GetProperty("objective").GetString().ShouldBe("bar");
        learned.GetProperty("candidates").GetArrayLength().ShouldBe(3);
        var weak = learned.GetProperty("candidates").EnumerateArray().First();
        weak.GetProperty("quality").GetDouble().ShouldBeLessThan(0.5);
        weak.GetProperty("uncertainty").GetDouble().ShouldBeGreaterThan(0);
        weak.GetProperty("source").GetString().ShouldBe("own");
        learned.GetProperty("cells").EnumerateArray().First().GetProperty("words").GetString().ShouldNotBeNullOrEmpty();
        learned.GetProperty("changes").EnumerateArray().First().GetProperty("setting").GetString().ShouldBe("quality");
        _simulator.Bill.Count.ShouldBe(billed, "deciding must not call");
    }

    [Fact]
    public async Task AnswerThatShallBeExplained_CarriesTheExplanation()
    {
        await using var gateway = await StartAsync(champion: true);
        using var http = Client(gateway);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = Body(Hard) };
        request.Headers.Add("x-wye-explain", "true");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(answer.Headers.GetValues("x-wye-explain").Single());

        json.RootElement.GetProperty("model").GetString().ShouldBe("strong");
        json.RootElement.GetProperty("learned").GetProperty("candidates").GetArrayLength().ShouldBe(3);
        (await ChatAsync(http, Easy)).Model.ShouldBe("weak");
    }

    [Fact]
    public async Task RouterThatIsNotProven_IsWarnedOf_AndTheNextPolicyDecides()
    {
        await using var gateway = await StartAsync(champion: false);
        using var http = Client(gateway);

        (await ChatAsync(http, Hard)).Why.ShouldStartWith("heuristic: ");
        var told = _notices.ToString();
        told.ShouldContain(
            "warning: learning: The router 'tiny' is not proven: too few questions that it had not seen"
        );
        told.Split("is not proven").Length.ShouldBe(2, "once");
    }

    [Fact]
    public async Task RouterThatIsNotProven_DecidesWhenItsNameIsAllowed()
    {
        await using var gateway = await StartAsync(champion: false, "allow_unproven: tiny");
        using var http = Client(gateway);

        (await ChatAsync(http, Hard)).Why.ShouldStartWith("learned: ");
        _notices.ToString().ShouldNotContain("not proven");
    }

    [Theory]
    [InlineData("weak: weak, strong: strong", null)]
    [InlineData(
        "weak: middling, strong: strong",
        "was calibrated for the weak model 'weak' and the strong model 'strong'"
    )]
    [InlineData("weak: strong, strong: weak", "was calibrated for the weak model 'weak' and the strong model 'strong'")]
    [InlineData("weak: strong, strong: strong", "The weak and the strong model are both 'strong'")]
    public async Task CalibratedThreshold_OnAnotherPair_IsWarnedOf(string pair, string? words)
    {
        var file = Path.Combine(_folder, "calibrated.wye");
        var manifest = TinyRouter.Manifest with
        {
            Champion = true,
            Threshold = 0.3,
            Calibration = new RouterCalibration("weak", "strong", 0.4, 100, [0.1f]),
        };
        await File.WriteAllBytesAsync(file, TinyRouter.Bytes(manifest), TestContext.Current.CancellationToken);
        using var run = new CliRun();
        run.Write(
            "wye.yaml",
            Config(file, "")
                .Replace(
                    "auto: { policies: [learned, heuristic] }",
                    $"auto: {{ objective: threshold, {pair} }}",
                    StringComparison.Ordinal
                )
        );

        (await run.RunAsync("check")).ShouldBe(
            words?.StartsWith("The", StringComparison.Ordinal) is true ? ExitCodes.Failed : ExitCodes.Ok,
            run.Output
        );

        if (words is null)
        {
            run.Output.ShouldNotContain("calibrated");
        }
        else
        {
            run.Output.ShouldContain(words);
        }
    }

    [Fact]
    public async Task RouterTrainedOnOutsideEmbeddings_AsksItsEncoder_AndGoesOnWithoutIt()
    {
        var file = Path.Combine(_folder, "embedded.wye");
        await File.WriteAllBytesAsync(
            file,
            TinyRouter.Bytes(router: TinyRouter.WithEmbeddings("text-embedding-3-small")),
            TestContext.Current.CancellationToken
        );
        var encoder = "encoder: { provider: sim, model: text-embedding-3-small, timeout: 20s }";
        await using var gateway = await StartAsync(Config(file, encoder));
        using var http = Client(gateway);
        (await ChatAsync(http, Hard)).Why.ShouldStartWith("learned: ");
        _simulator.Calls.CountOf("text-embedding-3-small").ShouldBe(1);

        _simulator.Faults.Always("text-embedding-3-small", Fault.Status(500));
        var (_, why) = await ChatAsync(http, Easy);
        why.ShouldStartWith("heuristic: ");
        why.ShouldContain("; learned: encoder text-embedding-3-small answered 500");
    }

    [Fact]
    public async Task RouterTrainedOnOutsideEmbeddings_IsRefused_WithoutThem()
    {
        var file = Path.Combine(_folder, "embedded.wye");
        await File.WriteAllBytesAsync(
            file,
            TinyRouter.Bytes(router: TinyRouter.WithEmbeddings("text-embedding-3-small")),
            TestContext.Current.CancellationToken
        );
        var missing = await Should.ThrowAsync<GatewayConfigurationException>(() => StartAsync(Config(file, "")));
        missing.Message.ShouldContain(
            "The router 'tiny' was trained on embeddings of 'text-embedding-3-small'. Add encoder: { provider: NAME, model: text-embedding-3-small }."
        );
        var other = await Should.ThrowAsync<GatewayConfigurationException>(() =>
            StartAsync(Config(file, "encoder: { provider: sim, model: text-embedding-3-large }"))
        );
        other.Message.ShouldContain(
            "was trained on embeddings of 'text-embedding-3-small', not of 'text-embedding-3-large'."
        );
    }

    [Fact]
    public async Task CommandLine_ExplainsAndComparesModels()
    {
        using var run = new CliRun();
        run.Write("wye.yaml", Config(await WriteRouterAsync(champion: true), ""));
        (await run.RunAsync("route", Hard, "--explain")).ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("router     tiny (champion)");
        run.Output.ShouldContain("objective  bar 0.80");
        run.Output.ShouldContain("own answers (weak)");
        run.Output.ShouldContain("typical words");
        run.Output.ShouldMatch("else       middling with quality at or below 0\\.");

        (await run.RunAsync("models", "compare", "strong", "weak")).ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("Where strong is better than weak");
        run.Output.ShouldMatch("integral|tensor|quantum|manifold|eigenvalue|theorem|lattice|entropy");
        (await run.RunAsync("models", "like", "middling")).ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("middling: own answers (middling)");
        (await run.RunAsync("models", "like", "nobody")).ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("Nothing is known of the model 'nobody'. The router measured: middling, strong, weak.");
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "cut.wye"), "PK", TestContext.Current.CancellationToken);
        (await run.RunAsync("models", "like", "weak", "--router", "cut.wye")).ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("wye: cut.wye: The router file is damaged");
    }

    private async Task<GatewayHost> StartAsync(bool champion, string learning = "") =>
        await StartAsync(Config(await WriteRouterAsync(champion), learning));

    private Task<GatewayHost> StartAsync(string config) =>
        GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = config,
                DataFolder = Path.Combine(_folder, "data"),
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                Notices = _notices,
            },
            TestContext.Current.CancellationToken
        );

    private async Task<string> WriteRouterAsync(bool champion)
    {
        var file = Path.Combine(_folder, champion ? "champion.wye" : "unproven.wye");
        await File.WriteAllBytesAsync(
            file,
            TinyRouter.Bytes(TinyRouter.Manifest with { Champion = champion }),
            TestContext.Current.CancellationToken
        );
        return file;
    }

    private string Config(string router, string learning) => Config(_simulator.Address, router, learning);

    internal static string Config(Uri simulator, string router, string learning) =>
        $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator}}v1", key: sk-simulated }
            models:
              weak: { deployments: [{ provider: sim, upstream: gpt-4o-mini }], context: 100000, max_output: 4096, price: { input: 0.1, output: 0.4 } }
              middling: { deployments: [{ provider: sim, upstream: gpt-4o }], context: 100000, max_output: 4096, price: { input: 1, output: 4 } }
              strong: { deployments: [{ provider: sim, upstream: claude-opus-4-5 }], context: 100000, max_output: 4096, price: { input: 5, output: 20 } }
            tiers:
              - { name: small, models: [weak] }
              - { name: medium, models: [middling] }
              - { name: large, models: [strong] }
            routes:
              auto: { policies: [learned, heuristic] }
            learning:
              router: {{router}}
              {{learning}}
            """;

    private static HttpClient Client(GatewayHost gateway)
    {
        var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.FirstAdminKey);
        return http;
    }

    private static async Task<(string Model, string Why)> ChatAsync(
        HttpClient http,
        string prompt,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = Body(prompt) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (answer.Headers.GetValues("x-wye-model").Single(), answer.Headers.GetValues("x-wye-why").Single());
    }

    private static StringContent Body(string prompt) =>
        new(
            $$"""{"model":"auto","messages":[{"role":"user","content":"{{prompt}}"}]}""",
            Encoding.UTF8,
            "application/json"
        );
}
