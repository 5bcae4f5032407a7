using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Cli;
using Wye.Primitives;
using Wye.Simulator;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;
using Wye.Testing;

namespace Wye.Gateway.Telemetry;

/// <summary>P01, P02: secrets and texts go through every path; none is in a span, a metric, a log line or, for secrets, an error.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Prompt = "canary-prompt-9f2c jane.doe@example.org 4111-1111-1111-1111";
    private const string Answer = "canary-answer-77aa";
    private const string ProviderKey = "sk-canary-provider-31d0";
    private const string WrongKey = "sk-wye-canary-wrong-0aa1";
    private const string ModelName = "canary-model-5511";

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-canary-").FullName;
    private readonly RecordingLog _log = new();
    private readonly SpanRecorder _spans = new();
    private readonly StringBuilder _errors = new();
    private SimulatorServer _simulator = null!;
    private OtlpReceiver _collector = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Key => _gateway.FirstAdminKey!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _collector = await OtlpReceiver.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = GatewayFixture.Config(_simulator.Address).Replace("sk-simulated", ProviderKey),
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = name =>
                    name switch
                    {
                        "OTEL_EXPORTER_OTLP_ENDPOINT" => _collector.Address,
                        "OTEL_EXPORTER_OTLP_PROTOCOL" => "http/protobuf",
                        _ => null,
                    },
                Logging = logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace),
            },
            Token
        );
        _http = new HttpClient { BaseAddress = _gateway.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _spans.Dispose();
        await _gateway.DisposeAsync();
        await _collector.DisposeAsync();
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Canaries_AreFoundInNoSink()
    {
        _simulator.Answers.Script(AnswerScripts.AnyModel, _ => new SimulatedAnswer { Text = Answer });
        await SendAsync("auto", stream: false);
        await SendAsync("auto", stream: true);
        await SendAsync(ModelName, stream: false);
        await SendAsync("auto", stream: false, WrongKey);
        await PostAsync($"{{\"model\":\"auto\",\"messages\":\"{Prompt}\"", Key);
        foreach (var fault in Faults())
        {
            _simulator.Faults.Always(FaultScripts.AnyModel, fault);
            await SendAsync("auto", stream: false);
            await SendAsync("auto", stream: true);
        }

        var limited = await LimitedKeysAsync();
        var page = await GetAsync("metrics");
        var administration = new StringBuilder();
        foreach (
            var path in (string[])["admin/keys", "admin/requests?limit=100", "admin/config", "admin/ledger/totals"]
        )
        {
            administration.AppendLine(await GetAsync(path));
        }

        var reports = await ReportsAsync();
        // The export sends what is left when the host ends.
        var key = Key;
        await _gateway.DisposeAsync();

        var sinks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["spans"] = string.Join('\n', _spans.All.Select(Everything)),
            ["metrics"] = page,
            ["log"] = string.Join('\n', _log.Lines),
            ["traces sent"] = _collector.Received["/v1/traces"],
            ["metrics sent"] = _collector.Received["/v1/metrics"],
            ["administration"] = administration.ToString(),
            ["reports"] = reports,
            ["the data folder"] = string.Concat(
                Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(ReadLoosely)
            ),
        };
        // First that the sinks hold anything at all.
        sinks["spans"].ShouldContain("wye.request_id");
        sinks["metrics"].ShouldContain("wye_requests_total");
        sinks["log"].ShouldContain("wye.request");
        sinks["traces sent"].ShouldContain("gen_ai.request.model");
        sinks["metrics sent"].ShouldContain("gen_ai.client.operation.duration");
        sinks["administration"].ShouldContain("\"keys\"");
        sinks["reports"].ShouldContain("<svg");
        sinks["the data folder"].ShouldContain("rejected: ");
        foreach (var (sink, text) in sinks)
        {
            string[] secrets =
            [
                .. Prompt.Split(' '),
                Answer,
                ProviderKey,
                WrongKey,
                key,
                .. limited,
                .. limited.Select(one => one[^43..]),
            ];
            // What a caller sent as model is kept in the ledger, so that a typing error can be found.
            var keepsNames = sink is "administration" or "reports" or "the data folder";
            foreach (var canary in keepsNames ? secrets : [.. secrets, ModelName])
            {
                text.Contains(canary, StringComparison.Ordinal).ShouldBeFalse($"'{canary}' is in {sink}");
            }
        }

        foreach (var secret in (string[])[ProviderKey, WrongKey, key, .. limited])
        {
            _errors.ToString().Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"'{secret}' is in an error");
        }
    }

    /// <summary>Keys that run into every sort of refusal: their texts, which must stand nowhere.</summary>
    private async Task<List<string>> LimitedKeysAsync()
    {
        var desk = _gateway.Services.GetRequiredService<KeyDesk>();
        KeyRules[] rules =
        [
            new() { RequestsPerMinute = 1 },
            new() { TokensPerMinute = 1 },
            new() { Routes = ["guess"] },
            new() { Models = ["gpt-4o"], Budgets = [new(Usd.FromDollars(0.000001m), KeyBudgetPeriod.Total)] },
        ];
        var texts = new List<string>();
        foreach (var rule in rules)
        {
            var made = await desk.CreateAsync(KeyActor.Local, new KeyDraft { Name = "canary", Rules = rule }, Token);
            texts.Add(made.Text!.Reveal());
            await SendAsync("auto", stream: false, texts[^1]);
            await SendAsync("auto", stream: true, texts[^1]);
            texts.Add(
                (await desk.RotateAsync(KeyActor.Local, made.Key!.Id, TimeSpan.FromHours(1), Token)).Text!.Reveal()
            );
            await desk.BlockAsync(KeyActor.Local, made.Key.Id, blocked: true, Token);
            await SendAsync("auto", stream: false, texts[^1]);
        }

        return texts;
    }

    private async Task<string> ReportsAsync()
    {
        using var run = new CliRun();
        var page = Path.Combine(run.Folder, "report.html");
        foreach (
            var args in (string[][])
                [
                    ["report", "--html", page],
                    ["report", "--json"],
                    ["keys", "list"],
                    ["keys", "list", "--json"],
                ]
        )
        {
            (await run.RunAsync([.. args, "--data", _folder])).ShouldBe(0, run.Error);
        }

        return run.Output + run.Error + await File.ReadAllTextAsync(page, Token);
    }

    private static string ReadLoosely(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    /// <summary>Providers that repeat what they were sent, key included.</summary>
    private static IEnumerable<Fault> Faults()
    {
        var echo = $"You sent '{Prompt}' with key {ProviderKey}";
        yield return Fault.Status(400) with
        {
            ErrorMessage = echo,
            ErrorCode = "bad",
        };
        yield return Fault.Status(500) with
        {
            ErrorMessage = echo,
        };
        yield return Fault.Unauthorized() with
        {
            ErrorMessage = echo,
        };
        yield return Fault.ContextLength() with
        {
            ErrorMessage = echo,
        };
        yield return Fault.Status(503) with
        {
            Body = $"<html>{echo}</html>",
        };
        yield return Fault.InvalidJson();
        yield return Fault.CutStream();
        yield return Fault.ErrorEvent(afterChunks: 1);
    }

    private static string Everything(System.Diagnostics.Activity span) =>
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} "
        + $"{string.Join(' ', span.Baggage)} {span.TraceStateString} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}";

    private Task SendAsync(string model, bool stream, string? key = null) =>
        PostAsync(
            JsonSerializer.Serialize(
                new
                {
                    model,
                    stream,
                    user = Prompt,
                    messages = new[] { new { role = "user", content = Prompt } },
                }
            ),
            key ?? Key
        );

    private async Task PostAsync(string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        _errors.Append(response.Headers);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        try
        {
            while (await reader.ReadLineAsync(Token) is { } line)
            {
                _errors.AppendLine(line);
            }
        }
        catch (IOException)
        {
            // A stream that broke is cut.
        }
    }

    private async Task<string> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var response = await _http.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
