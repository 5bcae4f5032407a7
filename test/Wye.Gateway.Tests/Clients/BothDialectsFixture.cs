using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Clients;

/// <summary>A gateway in front of one upstream per dialect, on free loopback ports, with a fresh data folder.</summary>
public sealed class BothDialectsFixture : IAsyncLifetime
{
    /// <summary>The model whose upstream speaks OpenAI's dialect.</summary>
    public const string OpenAi = "gpt-4o-mini";

    /// <summary>The model whose upstream speaks Anthropic's dialect.</summary>
    public const string Anthropic = "claude-haiku-4-5";

    /// <summary>The model whose upstream speaks Gemini's dialect.</summary>
    public const string Gemini = "gemini-2.5-flash";

    /// <summary>The model that makes embeddings, and its alias.</summary>
    public const string Embedding = "text-embedding-3-small";

    /// <summary>What the upstream answers with two chunks and then silence.</summary>
    public const string Stall = "Tell me a story that never ends";

    /// <summary>What the upstream refuses with 400.</summary>
    public const string Refuse = "Tell me what you refuse";

    /// <summary>Input tokens of the image in a prompt, as the simulator counts it: the sign that the image got there.</summary>
    public const int ImageTokens = 765;

    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-test-").FullName;

    public SimulatorServer Simulator { get; private set; } = null!;

    public GatewayHost Host { get; private set; } = null!;

    public string Key => Host.FirstAdminKey!;

    /// <summary>Posts a body as it is; returns with the headers of the answer.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, path))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "x-api-key", Key } },
            },
            HttpCompletionOption.ResponseHeadersRead
        );

    /// <summary>Reads a stream up to its first text, and cancels while it waits for more.</summary>
    public static async Task AbortAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> open, Func<T, bool> hasText)
    {
        using var leaves = new CancellationTokenSource();
        var seen = false;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await using var parts = open(leaves.Token).GetAsyncEnumerator(leaves.Token);
            while (true)
            {
                var next = parts.MoveNextAsync().AsTask();
                if (seen && !next.IsCompleted)
                {
                    await leaves.CancelAsync();
                }

                (await next).ShouldBeTrue("the stream stalls and does not end");
                seen |= hasText(parts.Current);
            }
        });
        seen.ShouldBeTrue();
    }

    /// <summary>Since this number of calls, there were some, and only to this model: nothing fell back to the other dialect.</summary>
    public void ShouldHaveAskedOnly(string model, int calls, string? besides = null)
    {
        var asked = Simulator.Calls.Snapshot().Skip(calls).Where(call => call.Model != besides).ToArray();
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(call => call.Model == model);
    }

    /// <summary>One upstream call since this line of the bill was cancelled, and each cancelled call has its one flagged row.</summary>
    public async Task ShouldHaveAbortedOneAsync(int billed, string model)
    {
        await Simulator.Bill.WaitForQuiescenceAsync(TestContext.Current.CancellationToken);
        Simulator
            .Bill.Snapshot(billed)
            .Where(line => line.End == CallEnd.CancelledByCaller)
            .ShouldHaveSingleItem()
            .Model.ShouldBe(model);
        var all = Simulator.Bill.Snapshot().Count(line => line.End == CallEnd.CancelledByCaller);
        var ledger = Host.Services.GetRequiredService<ILedgerStore>();
        List<RequestEntry> left;
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.Yield();
            var rows = await ledger.RecentAsync(1_000, TestContext.Current.CancellationToken);
            left = [.. rows.Where(row => row.Failure == FailureKind.CallerGone)];
        } while (left.Count < all && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));

        left.Count.ShouldBe(all);
        left.ShouldAllBe(row => row.Status == 499 && row.Estimated);
    }

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        Simulator.Faults.When(call =>
            call.Prompt switch
            {
                Stall => Fault.StallMidStream(),
                Refuse => Fault.Status(400),
                _ => null,
            }
        );
        Host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = $$"""
                providers:
                  speaks-openai: { dialect: openai, base_url: "{{Simulator.Address}}v1", key: sk-simulated }
                  speaks-anthropic: { dialect: anthropic, base_url: "{{Simulator.Address}}v1", key: sk-ant-simulated }
                  speaks-gemini: { dialect: gemini, base_url: "{{Simulator.Address}}v1beta", key: AIza-simulated }
                models:
                  gpt-4o-mini: { retires_on: never, deployments: [{ provider: speaks-openai }] }
                  claude-haiku-4-5: { retires_on: never, deployments: [{ provider: speaks-anthropic }] }
                  gemini-2.5-flash: { retires_on: never, deployments: [{ provider: speaks-gemini }] }
                  text-embedding-3-small: { retires_on: never, deployments: [{ provider: speaks-openai }] }
                aliases: { embed: text-embedding-3-small }
                tiers:
                  - { name: small, models: [gpt-4o-mini, claude-haiku-4-5, gemini-2.5-flash] }
                routes:
                  auto: { policies: [static] }
                """,
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
