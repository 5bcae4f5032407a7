using Wye.Bench.Harness;
using Wye.Chat;
using Wye.Dialects.OpenAi;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing;
using Wye.Sessions;
using Wye.Signals;

namespace Wye.Bench;

/// <summary>The routing decision: parse + signals + plan, at 1 KB and 20 KB.</summary>
internal static class RoutingBench
{
    private static readonly KeyId Key = new("bench");
    private static readonly OpenAiDialect Dialect = new();

    public static void Run(TextWriter output)
    {
        var probe = new Probe(TimeProvider.System);
        output.WriteLine($"routing decision, {BenchRequests.Models} models in 3 tiers, one thread");
        output.WriteLine($"{"what", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        foreach (var policy in (ISelectionPolicy[])[.. BuiltInPolicies.Selection])
        {
            if (policy.Name is not ("static" or "heuristic" or "rules"))
            {
                continue;
            }

            foreach (var size in (int[])[1_000, 20_000])
            {
                var router = NewRouter(out var snapshot, policy);
                var requests = BenchRequests.OfSize(size);
                var sameSize = probe.Measure(i => Plan(router, snapshot, requests[i % requests.Length]));
                Line(output, $"signals + plan, {policy.Name}, {size / 1000} KB", sameSize);
                var bodies = BenchRequests.BodiesOfSize(size);
                var parsed = probe.Measure(i => ParseAndPlan(router, snapshot, bodies[i % bodies.Length]));
                Line(output, $"parse + signals + plan, {policy.Name}, {size / 1000} KB", parsed);
            }
        }

        var extractor = new SignalExtractor();
        foreach (var size in (int[])[1_000, 20_000])
        {
            var requests = BenchRequests.OfSize(size);
            Line(
                output,
                $"signals alone, {size / 1000} KB",
                probe.Measure(i => extractor.Extract(requests[i % requests.Length]))
            );
        }

        var dense = BenchRequests.Cyrillic(20_000);
        Line(output, "signals alone, 20 KB Cyrillic", probe.Measure(_ => extractor.Extract(dense)));
        var cold = NewRouter(out var coldSnapshot, BuiltInPolicies.Selection[0]);
        var spread = BenchRequests.Spread(2_000);
        Line(
            output,
            "signals + plan, static, 2,000 sizes to 20 KB",
            probe.Measure(i => Plan(cold, coldSnapshot, spread[i * 7 % spread.Length]))
        );
    }

    private static void ParseAndPlan(Router router, RoutingSnapshot snapshot, byte[] body)
    {
        if (!Dialect.TryReadRequest(body, CallerHints.None, out var request, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }

        using (request)
        {
            Plan(router, snapshot, request);
        }
    }

    private static void Plan(Router router, RoutingSnapshot snapshot, ChatRequest request)
    {
        if (!router.Plan(request, snapshot, Key).IsPlanned)
        {
            throw new InvalidOperationException("The bench's request was not planned.");
        }
    }

    private static Router NewRouter(out RoutingSnapshot snapshot, ISelectionPolicy policy)
    {
        snapshot = BenchRequests.Snapshot(policy);
        var health = new HealthRegistry(TimeProvider.System, new HealthOptions(), new SeededRandomSource(1));
        return new Router(new SignalExtractor(), health, TimeProvider.System, new SessionTable(TimeProvider.System));
    }

    private static void Line(TextWriter output, string what, ProbeResult result) =>
        output.WriteLine($"{what, -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}");
}
