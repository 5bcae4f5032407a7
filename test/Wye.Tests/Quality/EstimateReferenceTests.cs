using System.Text;
using System.Text.Json;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Quality.Shipped;
using Wye.Signals.Features;
using Wye.Yaml;

namespace Wye.Quality;

/// <summary>The fast estimate of the shipped router against the straightforward one.</summary>
public sealed class EstimateReferenceTests
{
    [Fact]
    public void Estimates_OfTheShippedRouter_EqualTheStraightforwardOnes()
    {
        RouterSnapshot router = ShippedRouter.Served!.Snapshot!;
        var scratch = new PromptScratch();
        float[] heads = new float[router.Models.Count];
        List<double> errors = [];
        foreach (byte[] user in Prompts())
        {
            var prompt = new PromptText { User = user, System = "You are a careful assistant."u8 };
            router.Quality!.Estimate(router.Encode(prompt, scratch), scratch.Estimates, heads);
            double[] plain = PlainRouter.Qualities(router, prompt);
            errors.AddRange(heads.Select((q, h) => Math.Abs(q - plain[h])));
        }

        errors.Sort();
        // A rounding may turn a tree's answer at its threshold, but not often.
        errors[errors.Count * 9 / 10].ShouldBeLessThan(2e-5);
        errors[^1].ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Spread_IsTheWeightedDeviationOfTheParts()
    {
        RouterSnapshot router = ShippedRouter.Served!.Snapshot!;
        HeadGroup group = router.Quality!;
        var scratch = new PromptScratch();
        float[] heads = new float[group.Heads];
        float[] spreads = new float[group.Heads];
        group.Estimate(
            router.Encode(new PromptText { User = "Prove that 2 is prime."u8 }, scratch),
            scratch.Estimates,
            heads
        );
        group.Spread(scratch.Estimates, spreads);

        for (int h = 0; h < group.Heads; h++)
        {
            double[] weights = [.. group.Stack.Skip(h * (group.Parts + 1)).Take(group.Parts).Select(w => (double)w)];
            double[] parts = [.. weights.Select((_, p) => (double)scratch.Estimates.Base[(p * group.Heads) + h])];
            double mean = weights.Zip(parts, (w, x) => w * x).Sum() / weights.Sum();
            double variance = weights.Zip(parts, (w, x) => w * (x - mean) * (x - mean)).Sum() / weights.Sum();
            spreads[h].ShouldBe((float)Math.Sqrt(variance), 1e-4f);
        }
    }

    private static IEnumerable<byte[]> Prompts()
    {
        var all = new StringBuilder();
        foreach (
            string file in Directory
                .GetFiles(Path.Combine(Repository.Root, "samples", "prompts"), "*.jsonl")
                .Order(StringComparer.Ordinal)
        )
        {
            foreach (string line in File.ReadLines(file).Take(20))
            {
                using var json = JsonDocument.Parse(line);
                string prompt = json.RootElement.GetProperty("prompt").GetString()!;
                all.Append(prompt).Append('\n');
                yield return Encoding.UTF8.GetBytes(prompt);
            }
        }

        yield return Encoding.UTF8.GetBytes(all.ToString());
    }
}
