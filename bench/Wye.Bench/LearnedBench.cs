using System.Text;
using System.Text.Json;
using Wye.Bench.Harness;
using Wye.Chat;

namespace Wye.Bench;

/// <summary>The whole learned decision: read features, encode, estimate every model of the shipped router, choose, plan.</summary>
internal static class LearnedBench
{
    // A decision takes about 0.1 ms: 60,000 calls settle the tiered JIT, 15,000 did not, and 300 batches make a steady 99th percentile.
    private const int Warmup = 60_000;
    private const int Batches = 300;

    public static void Run(string prompts, TextWriter output)
    {
        var probe = new Probe(TimeProvider.System);
        var decision = new LearnedDecision();
        output.WriteLine(
            $"whole learned decision, {LearnedDecision.Candidates} candidates, {decision.Models} models estimated, one thread"
        );
        output.WriteLine($"{"prompt", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        foreach (int size in (int[])[200, 1_000, 8_000])
        {
            ChatRequest[] requests = Array.ConvertAll(Texts(prompts, size), LearnedDecision.Request);
            ProbeResult result = probe.Measure(i => decision.Plan(requests[i % requests.Length]), Warmup, Batches);
            output.WriteLine(
                $"{size + " bytes", -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}"
            );
        }
    }

    // The sample prompts one after another, cut into pieces: real words, and every piece differs.
    private static byte[][] Texts(string folder, int size)
    {
        var all = new StringBuilder();
        foreach (string file in Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file))
            {
                using var json = JsonDocument.Parse(line);
                all.Append(json.RootElement.GetProperty("prompt").GetString()).Append('\n');
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(all.ToString());
        const int texts = 61;
        int step = (bytes.Length - size) / texts;
        return [.. Enumerable.Range(0, texts).Select(i => bytes.AsSpan(i * step, size).ToArray())];
    }
}
