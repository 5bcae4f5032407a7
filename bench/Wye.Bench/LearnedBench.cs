using System.Text;
using System.Text.Json;
using Wye.Bench.Harness;
using Wye.Chat;
using Wye.Quality;
using Wye.Quality.Files;
using Wye.Signals.Features;

namespace Wye.Bench;

/// <summary>The learned decision: read features, encode, estimate every model of the shipped router.</summary>
internal static class LearnedBench
{
    public static void Run(string prompts, TextWriter output)
    {
        using var file =
            typeof(RouterFile).Assembly.GetManifestResourceStream("Wye.Quality.Shipped.router.wye")
            ?? throw new InvalidOperationException("The library holds no shipped router.");
        (_, RouterSnapshot router) = RouterFile.Read(file);
        var probe = new Probe(TimeProvider.System);
        output.WriteLine($"learned decision, {router.Models.Count} models, one thread");
        output.WriteLine($"{"what", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        var scratch = new PromptScratch();
        float[] heads = new float[router.Models.Count];
        var decision = new LearnedDecision();
        foreach (int size in (int[])[200, 1_000, 8_000])
        {
            byte[][] texts = Texts(prompts, size);
            Line(
                output,
                $"encode, {size} bytes",
                probe.Measure(i => Encode(router, texts[i % texts.Length], scratch), 20_000, 500)
            );
            Line(
                output,
                $"encode + blend, {size} bytes",
                probe.Measure(
                    i =>
                    {
                        EncodedPrompt prompt = Encode(router, texts[i % texts.Length], scratch);
                        router.Quality!.Estimate(prompt, scratch.Estimates, heads);
                    },
                    20_000,
                    500
                )
            );
            ChatRequest[] requests = Array.ConvertAll(texts, LearnedDecision.Request);
            Line(
                output,
                $"whole decision, {LearnedDecision.Candidates} candidates, {size} bytes",
                probe.Measure(i => decision.Plan(requests[i % requests.Length]), 20_000, 500)
            );
        }
    }

    private static EncodedPrompt Encode(RouterSnapshot router, byte[] text, PromptScratch scratch) =>
        router.Encode(new PromptText { User = text }, scratch);

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

    private static void Line(TextWriter output, string what, ProbeResult result) =>
        output.WriteLine($"{what, -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}");
}
