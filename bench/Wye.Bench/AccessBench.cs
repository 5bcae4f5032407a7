using System.Net;
using Wye.Access;
using Wye.Access.Limits;
using Wye.Access.Secrets;
using Wye.Bench.Harness;
using Wye.Chat;
using Wye.Hosting.Callers;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Routing;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>What stands before every request: prove the key, let it in by its limits, look at its budgets, and give its place back.</summary>
internal static class AccessBench
{
    private const int Keys = 1_000;

    public static void Run(TextWriter output)
    {
        var time = TimeProvider.System;
        var ring = new KeyRing(new MemoryKeyStore(), new KeyHasher(new byte[32]), time);
        var texts = MakeAsync(ring, time).GetAwaiter().GetResult();
        var failures = new FailedLogins(time);
        failures.Note(IPAddress.Parse("192.0.2.7"));
        var budgets = new BudgetSet([
            new Budget { Name = "all", Limit = Usd.FromDollars(1_000) },
            new Budget
            {
                Name = "route",
                Scope = BudgetScope.Route,
                Limit = Usd.FromDollars(100),
            },
            new Budget
            {
                Name = "tag",
                Scope = BudgetScope.Tag,
                Window = BudgetWindow.Day,
                Limit = Usd.FromDollars(10),
            },
        ]);
        var book = new BudgetBook(time);
        var grants = new KeyGrants();
        var snapshot = BenchRequests.Snapshot(BuiltInPolicies.Selection[0]);
        var request = BenchRequests.OfSize(1_000)[0];
        var probe = new Probe(time);
        output.WriteLine($"key check, limits and budgets, {Keys} keys, one thread");
        output.WriteLine($"{"what", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        Line(output, "key check alone", probe.Measure(i => Prove(ring, texts[i % Keys])));
        Line(
            output,
            "a wrong key",
            probe.Measure(i => ring.Prove(texts[i % Keys].AsSpan(0, texts[0].Length - 1), out _))
        );
        Line(output, "key check + limits", probe.Measure(i => Enter(ring, failures, texts[i % Keys])));
        Line(
            output,
            "key check + limits + budgets",
            probe.Measure(i => Whole(ring, failures, texts[i % Keys], request, snapshot, grants, book, budgets, time))
        );
    }

    private static async Task<string[]> MakeAsync(KeyRing ring, TimeProvider time)
    {
        var store = new MemoryKeyStore();
        var filled = new List<string>();
        var rules = new KeyRules
        {
            Routes = ["auto", "support"],
            Models = ["model-*"],
            RequestsPerMinute = 10_000_000,
            TokensPerMinute = 1_000_000_000_000,
            MaxConcurrent = 100,
            Tags = ["team:a"],
            Budgets = [new(Usd.FromDollars(50), KeyBudgetPeriod.Month), new(Usd.FromDollars(5), KeyBudgetPeriod.Day)],
        };
        for (var i = 0; i < Keys; i++)
        {
            var (key, text) = ring.Make(AccessRole.DataPlane);
            await store.AddAsync(key with { Rules = rules }, CancellationToken.None).ConfigureAwait(false);
            filled.Add(text.Reveal());
        }

        ring.Take(await store.AllAsync(CancellationToken.None).ConfigureAwait(false));
        return [.. filled];
    }

    private static AuthenticatedKey Prove(KeyRing ring, string text) =>
        ring.Prove(text, out var caller) == KeyVerdict.Valid
            ? caller
            : throw new InvalidOperationException("The bench's key was refused.");

    private static KeyLease Let(KeyRing ring, FailedLogins failures, string text, out AuthenticatedKey caller)
    {
        caller = Prove(ring, text);
        if (failures.IsOver(IPAddress.Loopback, out _) && !caller.IsKnownFrom(IPAddress.Loopback))
        {
            throw new InvalidOperationException("The bench was shut out.");
        }

        caller.Recognise(IPAddress.Loopback);
        return KeyLease.TryEnter(caller, out var lease, out _)
            ? lease!
            : throw new InvalidOperationException("The bench's key was limited.");
    }

    private static void Enter(KeyRing ring, FailedLogins failures, string text)
    {
        using var lease = Let(ring, failures, text, out _);
        lease.TryTake(1_000, out _);
        lease.Correct(900);
        lease.Status();
    }

    private static void Whole(
        KeyRing ring,
        FailedLogins failures,
        string text,
        ChatRequest request,
        RoutingSnapshot snapshot,
        KeyGrants grants,
        BudgetBook book,
        BudgetSet budgets,
        TimeProvider time
    )
    {
        using var lease = Let(ring, failures, text, out var caller);
        var access = new CallerAccess(caller.Key!, lease);
        var grant = grants.Of(caller.Key!, snapshot);
        var spender = Spenders.Of(request, caller.Id, snapshot, access);
        var (left, _) = BudgetPressure.Of(book, budgets, spender, time.GetUtcNow());
        if (left < 1 || grant.Names?.Contains("auto") != true)
        {
            throw new InvalidOperationException("The bench's budgets are spent, or its route is closed.");
        }

        lease.TryTake(1_000, out _);
        lease.Correct(900);
        lease.Status();
    }

    private static void Line(TextWriter output, string what, ProbeResult result) =>
        output.WriteLine($"{what, -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}");
}
