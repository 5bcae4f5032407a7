using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wye.Quality;
using Wye.Quality.Files;
using Wye.Quality.Routers;
using Wye.Simulator;
using Wye.Testing;

namespace Wye.Gateway.Learned;

/// <summary>A gateway with the tiny router in front of a Simulator; it can be started again on the same store.</summary>
internal sealed class FeedbackWorld : IAsyncDisposable
{
    public const string Easy = "tell me about the apple and the bread in the garden of some house";

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-feedback-").FullName;
    private string _key = "";

    private FeedbackWorld(SimulatorServer simulator) => Simulator = simulator;

    public SimulatorServer Simulator { get; }

    public GatewayHost Gateway { get; private set; } = null!;

    /// <summary>More lines under <c>learning</c>.</summary>
    public string Learning { get; set; } = "";

    private string RouterFile => Path.Combine(_folder, "router.wye");

    private string ConfigFile => Path.Combine(_folder, "wye.yaml");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FeedbackWorld> StartAsync()
    {
        var world = new FeedbackWorld(await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None));
        await world.WriteRouterAsync(TinyRouter.Manifest);
        await world.RestartAsync();
        return world;
    }

    /// <summary>The tiny router without its pairs: other estimators, the same qualities.</summary>
    public static RouterSnapshot OtherRouter() =>
        new()
        {
            Name = TinyRouter.Snapshot.Name,
            Encoder = TinyRouter.Snapshot.Encoder,
            Models = TinyRouter.Snapshot.Models,
            Quality = TinyRouter.Snapshot.Quality,
            Lengths = TinyRouter.Snapshot.Lengths,
            Topics = TinyRouter.Snapshot.Topics,
        };

    public Task WriteRouterAsync(RouterManifest manifest, RouterSnapshot? router = null) =>
        File.WriteAllBytesAsync(RouterFile, TinyRouter.Bytes(manifest, router), Token);

    public async Task RestartAsync()
    {
        if (Gateway is { } running)
        {
            await running.DisposeAsync();
        }

        await File.WriteAllTextAsync(
            ConfigFile,
            LearnedServingTests.Config(Simulator.Address, RouterFile, Learning),
            Token
        );
        Gateway = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigPath = ConfigFile,
                DataFolder = Path.Combine(_folder, "data"),
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            Token
        );
        _key = Gateway.FirstAdminKey ?? _key;
    }

    public async Task ReloadAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, "admin/reload", "");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Two prompts that go to the weak model, of different cells, neither among the other's nearest.</summary>
    public async Task<(string One, string Other)> TwoKindsAsync()
    {
        var seen = new List<(string Prompt, int Top, HashSet<int> Near)>();
        foreach (var first in TinyWords.Easy)
        {
            foreach (var second in TinyWords.Easy)
            {
                var prompt = $"{first} {first} and {second} {second} {first}";
                var learned = await ExplainAsync(prompt);
                int[] cells =
                [
                    .. learned.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("cell").GetInt32()),
                ];
                // Clearly above the bar, so that what is learned elsewhere does not decide.
                if (
                    learned.GetProperty("chosen").GetString() != "weak"
                    || learned.GetProperty("candidates")[0].GetProperty("quality").GetDouble() < 0.86
                )
                {
                    continue;
                }

                foreach (var other in seen)
                {
                    if (!other.Near.Contains(cells[0]) && !cells.Contains(other.Top))
                    {
                        return (other.Prompt, prompt);
                    }
                }

                seen.Add((prompt, cells[0], [.. cells]));
            }
        }

        throw new InvalidOperationException("The tiny router has no two such cells.");
    }

    public async Task AskAndJudgeAsync(string prompt, string? model, string judgement)
    {
        // No bar: the model that is judged stays the one that answers.
        var (answered, _, id) = await AskAsync(prompt, quality: "0");
        if (model is not null)
        {
            answered.ShouldBe(model);
        }

        var (status, answer) = await JudgeAsync(id, judgement);
        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("taught").GetBoolean().ShouldBeTrue();
    }

    public async Task<(string Model, string Why, string Id)> AskAsync(
        string prompt,
        string route = "auto",
        string? key = null,
        string? quality = null,
        bool fails = false
    )
    {
        using var answer = await SendAsync(
            HttpMethod.Post,
            "v1/chat/completions",
            Body(route, prompt),
            key,
            quality is null ? [] : [("x-wye-quality", quality)]
        );
        answer.IsSuccessStatusCode.ShouldBe(!fails);
        return (Header(answer, "x-wye-model"), Header(answer, "x-wye-why"), Header(answer, "x-wye-request-id"));
    }

    public async Task<(HttpStatusCode Status, JsonElement Answer)> JudgeAsync(
        string id,
        string rest,
        string? key = null,
        bool anthropic = false
    )
    {
        using var answer = await SendAsync(
            HttpMethod.Post,
            "v1/feedback",
            $$"""{"request_id": "{{id}}", {{rest}}}""",
            key,
            anthropic ? [("anthropic-version", "2023-06-01")] : []
        );
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>What <c>/v1/route</c> says of the learned router.</summary>
    public async Task<JsonElement> ExplainAsync(string prompt)
    {
        using var answer = await SendAsync(HttpMethod.Post, "v1/route", Body("auto", prompt));
        return (await ReadAsync(answer)).GetProperty("learned");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        answer.EnsureSuccessStatusCode();
        return await ReadAsync(answer);
    }

    public async Task<string> TextAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Another program holds the store's lock until this is disposed.</summary>
    public IDisposable LockStore()
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "wye.db")};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return other;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? body,
        string? key = null,
        params (string Name, string Value)[] headers
    )
    {
        using var http = new HttpClient { BaseAddress = Gateway.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? _key);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, Token);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static string Body(string route, string prompt) =>
        $$"""{"model":"{{route}}","messages":[{"role":"user","content":"{{prompt}}"}]}""";
}
