using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wye.Chat;
using Wye.Dialects;
using Wye.Hosting;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Routes;
using Wye.Hosting.Telemetry;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Gateway.Metrics;

/// <summary>P04: callers cannot make series, whatever they call their models, users, steps and tags.</summary>
public sealed class CardinalityTests
{
    private const int Requests = 100_000;

    [Fact]
    public async Task Series_StayFew_WhateverCallersNameTheirModelsAndUsers()
    {
        await using var host = Host();
        using var page = new PrometheusPage(WyeMetrics.MeterName, host.GetRequiredService<IMeterFactory>());
        var runtime = host.GetRequiredService<WyeRuntime>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), async (i, _) => await SendAsync(runtime, i));

        var series = page.Render().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        series.Count.ShouldBeInRange(20, 1_000);
        // Both kinds were counted, so that the bound is not met by silence.
        series.ShouldContain(
            $"wye_requests_total{{route=\"none\",model=\"none\",tier=\"none\",result=\"ModelNotFound\"}} {Requests / 2}"
        );
        series.ShouldContain(
            $"wye_requests_total{{route=\"auto\",model=\"gpt-4o-mini\",tier=\"small\",result=\"ok\"}} {Requests / 2}"
        );
        series.Where(line => line.Contains("random", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task SendAsync(WyeRuntime runtime, int i)
    {
        var model = i % 2 == 0 ? "auto" : $"random-model-{i}";
        var body = Encoding.UTF8.GetBytes(
            $$"""{"model":"{{model}}","user":"random-user-{{i}}","messages":[{"role":"user","content":"Classify this."}]}"""
        );
        DialectRegistry.BuiltIn.TryFind("openai", out var dialect).ShouldBeTrue();
        var hints = new CallerHints
        {
            Step = $"random-step-{i}",
            Run = $"random-run-{i}",
            Tags = [$"random-tag-{i}"],
        };
        dialect!.TryReadRequest(body, hints, out var request, out _).ShouldBeTrue();
        using (request)
        {
            var arrival = new RequestArrival(
                new RequestId($"req_{i}"),
                TimeProvider.System.GetUtcNow(),
                TimeProvider.System.GetTimestamp()
            );
            await runtime.ChatAsync(arrival, request!, new KeyId($"random-key-{i}"), new RecordingSink(), default);
        }
    }

    private static ServiceProvider Host()
    {
        var config = new WyeConfig
        {
            Providers = [new ProviderConfig { Name = "here", Dialect = "in-process" }],
            Models =
            [
                new ModelConfig
                {
                    Name = "gpt-4o-mini",
                    NeverRetires = true,
                    Deployments = [new DeploymentConfig { Provider = "here" }],
                },
            ],
            Tiers = [new TierConfig { Name = "small", Models = ["gpt-4o-mini"] }],
            Routes = [new RouteConfig { Name = "auto", Policies = ["static"] }],
        };
        var services = new ServiceCollection();
        services
            .AddMetrics()
            .AddWye(config, LedgerChoice.None)
            .AddSingleton(new InProcessProvider(new ProviderId("here"), _ => new Constant()));
        return services.BuildServiceProvider();
    }

    private sealed class Constant : IChatModel
    {
        public ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ChatExchange>(new Whole());

        private sealed class Whole : ChatExchange
        {
            public Whole() =>
                Reply = new ChatReply
                {
                    Dialect = DialectId.OpenAi,
                    Body = "{}"u8.ToArray(),
                    Text = "bug"u8.ToArray(),
                    Finish = FinishReason.Stop,
                    Usage = new Usage { InputTokens = 9, OutputTokens = 1 },
                };
        }
    }
}
