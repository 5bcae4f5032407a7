using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wye.Gateway.Faults;
using Wye.Gateway.Money;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator.Faults;

namespace Wye.Gateway;

/// <summary>A08: what the provider bills stands in the ledger, once, to the pico-dollar.</summary>
public sealed class ConservationTests(ConservationFixture gateway) : IClassFixture<ConservationFixture>
{
    private static readonly int Calls = Sizes.Number("WYE_CONSERVATION_CALLS", 1_000);
    private const int Clients = 8;

    private static readonly string[] Prompts =
    [
        "Classify this ticket as bug or feature: it crashes on start.",
        "Summarize in one sentence: the harbour was closed because of ice.",
        "Prove that the square root of two is irrational.",
        "Translate to French: good morning.",
        "Write a function that reverses a linked list, with tests.",
    ];

    // A route per policy there is, an alias and two models by name.
    private static readonly string[] Models = ["auto", "guess", "ruled", "steps", "graded", "asked", "cheap", "gpt-4o"];

    // A 429 names a short time: a long one would park every target until the test is over.
    private static readonly Fault[] Faults =
    [
        Fault.Status(429, retryAfterMs: "5"),
        Fault.ContextLength(),
        Fault.Overloaded(),
        Fault.Status(500),
        Fault.Status(503),
        Fault.Reset(),
        Fault.InvalidJson(),
        Fault.EmptyChoices(),
        Fault.CutStream(),
        Fault.EndWithoutDone(),
        Fault.ErrorEvent(afterChunks: 2),
        Fault.UsageMissing(),
        Fault.UsageNegative(),
        Fault.UsageAbsurd(),
        Fault.StallMidStream(2, TimeSpan.FromMilliseconds(20)),
    ];

    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private int _left;

    [Fact]
    public async Task Ledger_HoldsEveryBilledCallOnceAndExactly()
    {
        gateway.Simulator.Faults.Random(0.15, seed: 7 + (ulong)Sizes.FirstRound, Faults);
        var store = gateway.Host.Services.GetRequiredService<ILedgerStore>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(SendShare));
        await gateway.Simulator.Bill.WaitForQuiescenceAsync();
        await gateway.Host.DrainAsync(CancellationToken.None);

        var recorded = new Dictionary<string, AttemptEntry>(StringComparer.Ordinal);
        await foreach (var record in store.ReadAsync(from: null, until: null, CancellationToken.None))
        {
            record.Request.Cost.PicoDollars.ShouldBe(record.Attempts.Sum(attempt => attempt.Cost!.Value.PicoDollars));
            foreach (var attempt in record.Attempts)
            {
                recorded.Add($"{attempt.Request.Value}-{attempt.Number}", attempt);
            }
        }

        var bill = gateway.Simulator.Bill.Snapshot();
        bill.Count.ShouldBeGreaterThan(Calls / 2, Statuses());
        var (exact, estimated) = (0, 0);
        Int128 billedEstimated = 0;
        Int128 recordedEstimated = 0;
        Int128 billedExact = 0;
        Int128 recordedExact = 0;
        foreach (var line in bill)
        {
            var attempt = recorded.GetValueOrDefault(line.RequestId);
            attempt.ShouldNotBeNull($"billed call {line.RequestId} has no ledger row");
            recorded.Remove(line.RequestId);
            if (attempt.Estimated)
            {
                estimated++;
                billedEstimated += line.PicoUsd;
                recordedEstimated += attempt.Cost!.Value.PicoDollars;
                continue;
            }

            exact++;
            attempt.Cost.ShouldBe(new Usd(line.PicoUsd), $"call {line.RequestId}, {line.End}");
            billedExact += line.PicoUsd;
            recordedExact += attempt.Cost!.Value.PicoDollars;
        }

        recordedExact.ShouldBe(billedExact);
        exact.ShouldBeGreaterThan(Calls / 2);
        Sizes.Record(
            "conservation",
            ("requests", Calls),
            ("left_by_caller", _left),
            ("exact_calls", exact),
            ("exact_billed_picodollars", (long)billedExact),
            ("exact_difference_picodollars", (long)(recordedExact - billedExact)),
            ("estimated_calls", estimated),
            ("estimated_billed_picodollars", (long)billedEstimated),
            ("estimated_recorded_picodollars", (long)recordedEstimated)
        );
        (recordedEstimated >= 0).ShouldBeTrue();
        _left.ShouldBeGreaterThan(0, "some callers left");
        foreach (var unbilled in recorded.Values.Where(attempt => !attempt.Estimated))
        {
            unbilled.Cost.ShouldBe(Usd.Zero, $"{unbilled.Request.Value}-{unbilled.Number} was never billed");
        }
    }

    private string Statuses() => string.Join(", ", _statuses.Select(status => $"{status.Key}: {status.Value}"));

    private async Task ReadAsync(HttpResponseMessage response, bool leaves)
    {
        if (!leaves)
        {
            await response.Content.ReadAsStringAsync();
            return;
        }

        // Reads a little, then hangs up in the middle of the answer.
        using var gone = new CancellationTokenSource();
        await using var body = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        _ = await body.ReadAtLeastAsync(new byte[64], 64, throwOnEndOfStream: false, gone.Token);
        var rest = body.ReadAsync(new byte[64 * 1024], gone.Token).AsTask();
        await gone.CancelAsync();
        Interlocked.Increment(ref _left);
        await rest;
    }

    private async Task SendShare(int client)
    {
        for (var i = client; i < Calls; i += Clients)
        {
            var prompt = $"{Prompts[i % Prompts.Length]} ({i})";
            var stream = i % 3 == 0 ? ",\"stream\":true" : "";
            var model = Models[i % Models.Length];
            var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{prompt}}"}]{{stream}}}""";
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
                {
                    Content = content,
                };
                using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                _statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                await ReadAsync(response, leaves: stream.Length > 0 && i % 10 == 0);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                // A stream that broke after its first content is cut, visibly; or this caller left.
            }
        }
    }
}
