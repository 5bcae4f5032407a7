using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator;
using Wye.Simulator.Billing;

namespace Wye.Gateway.Gates;

/// <summary>A simulator and a gateway with routes that look at answers or ask a model.</summary>
public sealed class GateWorld : IAsyncLifetime
{
    public const string Small = "gpt-4o-mini";
    public const string Medium = "gpt-4o";
    public const string Large = "claude-opus-4-5";
    public const string Helper = "claude-haiku-4-5";
    public const string Outsider = "o1";

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-gates-").FullName;
    private int _billed;

    public SimulatorServer Simulator { get; private set; } = null!;

    public GatewayHost Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    private static string Config(Uri simulator) =>
        $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator}}v1", key: sk-simulated }
            models:
              {{Small}}: { retires_on: never, deployments: [{ provider: sim }] }
              {{Medium}}: { retires_on: never, deployments: [{ provider: sim }] }
              {{Large}}: { retires_on: never, deployments: [{ provider: sim }] }
              {{Helper}}: { retires_on: never, deployments: [{ provider: sim }] }
              {{Outsider}}: { retires_on: never, deployments: [{ provider: sim }] }
            tiers:
              - { name: small, models: [{{Small}}] }
              - { name: medium, models: [{{Medium}}] }
              - { name: large, models: [{{Large}}] }
              - { name: helpers, models: [{{Helper}}] }
              - { name: outsiders, models: [{{Outsider}}] }
            gates:
              graded: { kind: judge, model: {{Helper}} }
              twice: { kind: agreement, samples: [{{Helper}}] }
              certain: { all: [finish, certainly] }
              certainly: { kind: logprobs, mean_logprob: -0.5, least_logprob: -4 }
              fine: { all: [wellformed, graded] }
            routes:
              checked: { policies: [cascade], tiers: [small, medium, large], gate: wellformed, max_cost: 0.5 }
              shown: { policies: [cascade], tiers: [small, large], gate: wellformed, show_refused: true }
              judged: { policies: [cascade], tiers: [small, large], gate: fine, max_cost: 0.5 }
              agreed: { policies: [cascade], tiers: [small, large], gate: twice }
              sure: { policies: [cascade], tiers: [small, medium], gate: certain }
              asked: { policies: [judge_router], tiers: [small, medium, large], judge_router: { model: {{Helper}} }, max_cost: 0.5 }
              level: { policies: [judge_router], tiers: [small, medium, large], judge_router: { model: {{Helper}}, form: level } }
            health: { allowed_fails: 1000, cooldown: 1ms, max_cooldown: 1ms }
            """;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        Host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = Config(Simulator.Address),
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            CancellationToken.None
        );
        Http = new HttpClient { BaseAddress = Host.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Host.FirstAdminKey!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends one question; gives status, text, and the ledger's record.</summary>
    public async Task<(int Status, string Text, LedgerRecord Record)> AskAsync(
        string route,
        string question,
        bool stream
    )
    {
        var (status, raw, record) = await SendAsync(
            JsonSerializer.Serialize(
                new
                {
                    model = route,
                    stream,
                    messages = new[] { new { role = "user", content = question } },
                }
            )
        );
        return (status, status == 200 ? TextOf(raw, stream) : raw, record);
    }

    /// <summary>Sends a body; gives status, the answer as it came, and the ledger's record.</summary>
    public async Task<(int Status, string Raw, LedgerRecord Record)> SendAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri("v1/chat/completions", UriKind.Relative), content);
        var raw = await response.Content.ReadAsStringAsync();
        var id = response.Headers.GetValues("x-wye-request-id").Single();
        var store = Host.Services.GetRequiredService<ILedgerStore>();
        var record = await store.FindAsync(new RequestId(id), CancellationToken.None);
        return ((int)response.StatusCode, raw, record!);
    }

    /// <summary>What the upstream billed since the last question, in pico-dollars.</summary>
    public async Task<long> BilledAsync() => (await LinesAsync()).Sum(line => (long)line.PicoUsd);

    /// <summary>The lines of the bill since the last question.</summary>
    public async Task<IReadOnlyList<BillLine>> LinesAsync()
    {
        await Simulator.Bill.WaitForQuiescenceAsync();
        var lines = Simulator.Bill.Snapshot();
        var since = lines.Skip(_billed).ToList();
        _billed = lines.Count;
        return since;
    }

    private static string TextOf(string raw, bool stream)
    {
        if (!stream)
        {
            using var whole = JsonDocument.Parse(raw);
            return whole.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()
                ?? "";
        }

        var text = new StringBuilder();
        foreach (var line in raw.Split('\n'))
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
            {
                continue;
            }

            using var chunk = JsonDocument.Parse(line[6..]);
            if (
                chunk.RootElement.TryGetProperty("choices", out var choices)
                && choices.GetArrayLength() > 0
                && choices[0].GetProperty("delta").TryGetProperty("content", out var piece)
            )
            {
                text.Append(piece.GetString());
            }
        }

        return text.ToString();
    }
}
