using System.CommandLine;
using System.Globalization;
using Wye.Learning.Evaluation;
using Wye.Learning.Guarantee;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Quality.Files;

namespace Wye.Cli.Learning;

/// <summary><c>wye calibrate</c>: sets the threshold of a router's pair for a target, and promises quality where it can.</summary>
internal static class CalibrateCommand
{
    public static Command Create(CliContext context)
    {
        var router = new Option<string>("--router") { Description = "Router file.", Required = true };
        var data = LearningOptions.Data();
        var pair = new Option<string>("--pair") { Description = "weak,strong.", Required = true };
        var target = new Option<string>("--target")
        {
            Description = "strong-share=0.3, cost=USD per call, or quality=0.95 (share of strong's quality).",
            Required = true,
        };
        var confidence = new Option<double>("--confidence")
        {
            Description = "Confidence of a quality promise.",
            DefaultValueFactory = _ => 0.95,
        };
        var gate = new Option<string?>("--gate")
        {
            Description = "Calibrate this gate instead: escalation=0.3, cost=… or quality=…, on answers of the pair.",
        };
        var costs = new Option<string?>("--costs") { Description = "With --gate: weak,strong in USD per call." };
        var output = new Option<string>("--out") { Description = "Router file to write.", Required = true };
        var command = new Command("calibrate", "Set a router's threshold on sample traffic.")
        {
            router,
            data,
            pair,
            target,
            confidence,
            gate,
            costs,
            output,
        };
        command.SetAction(parsed =>
        {
            (RouterManifest manifest, RouterSnapshot snapshot) = LearningOptions.Router(
                context,
                parsed.GetValue(router)!
            );
            if (parsed.GetValue(gate) is { } gateName)
                return Cascades.GateCalibration.Run(
                    context,
                    (manifest, snapshot),
                    gateName,
                    parsed.GetValue(data)![0],
                    LearningOptions.Pair(parsed.GetValue(pair)!),
                    parsed.GetValue(target)!,
                    parsed.GetValue(confidence),
                    Cascades.CascadeEval.ReadCosts(parsed.GetValue(costs)),
                    parsed.GetValue(output)!
                );
            Corpus corpus = LearningOptions.Read(context, parsed.GetValue(data)!);
            (string weak, string strong) = LearningOptions.Pair(parsed.GetValue(pair)!);
            var sample = Sample.Of(corpus, snapshot, weak, strong);
            (float threshold, string? words) = Find(sample, parsed.GetValue(target)!, parsed.GetValue(confidence));
            if (words is null)
            {
                context.Terminal.Line(
                    "Not achievable with this router on this data. The safe choice is strong for every call."
                );
                return ExitCodes.Failed;
            }

            double share = sample.Gains.Count(g => g >= threshold) / (double)sample.Gains.Length;
            context.Terminal.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"threshold {threshold:G6}: {words}; {share:P1} of {sample.Gains.Length} questions go to {strong}"
                )
            );
            using FileStream stream = File.Create(context.Resolve(parsed.GetValue(output)!));
            RouterFile.Write(stream, manifest with { Threshold = Finite(threshold), Target = words }, snapshot);
            return ExitCodes.Ok;
        });
        return command;
    }

    // JSON has no infinity; no gain is above 2.
    private static double Finite(float threshold) => Math.Clamp(threshold, -2, 2);

    private static (float Threshold, string? Words) Find(Sample sample, string target, double confidence)
    {
        string[] parts = target.Split('=');
        if (
            parts.Length != 2
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || value <= 0
        )
        {
            throw new CliFailureException(
                $"'{target}' is no target. Write strong-share=0.3, cost=0.002 or quality=0.95."
            );
        }

        switch (parts[0])
        {
            case "strong-share":
                return (ThresholdCalibration.ForStrongShare(sample.Gains, value), $"strong share {parts[1]}");
            case "cost":
                if (sample.WeakCost.Any(double.IsNaN) || sample.StrongCost.Any(double.IsNaN))
                    throw new CliFailureException(
                        "The data has no costs for both models. Use --target strong-share=… or quality=…."
                    );
                return (
                    ThresholdCalibration.ForCost(sample.Gains, sample.WeakCost, sample.StrongCost, value),
                    $"at most USD {parts[1]} per call"
                );
            case "quality":
                QualityGuarantee.Promise promise = QualityGuarantee.Find(
                    sample.Gains,
                    sample.Weak,
                    sample.Strong,
                    value,
                    confidence
                );
                return promise.Achieved
                    ? (
                        promise.Threshold,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"with {confidence:P0} confidence at least {value:P0} of strong quality on traffic like this"
                        )
                    )
                    : (0, null);
            default:
                throw new CliFailureException(
                    $"'{parts[0]}' is no target. Write strong-share=0.3, cost=0.002 or quality=0.95."
                );
        }
    }

    private sealed record Sample(float[] Gains, float[] Weak, float[] Strong, double[] WeakCost, double[] StrongCost)
    {
        public static Sample Of(Corpus corpus, RouterSnapshot router, string weak, string strong)
        {
            var gains = new List<float>();
            var cells = new List<(float Weak, float Strong, double WeakCost, double StrongCost)>();
            for (int s = 0; s < corpus.Sets.Count; s++)
            {
                LabelledSet set = corpus.Sets[s];
                (int w, int t) = (set.IndexOf(weak), set.IndexOf(strong));
                if (w < 0 || t < 0)
                    continue;
                // A promise made on questions the router was trained on would not hold on any other.
                int offset = corpus.Offsets[s];
                int[] rows = PairTrainer.Labelled(corpus, s, w, t, RouterScoring.Unseen(router, corpus, s));
                gains.AddRange(RouterScoring.Gains(router, corpus, rows, weak, strong));
                cells.AddRange(
                    rows.Select(i =>
                        (
                            set.Score(i - offset, w),
                            set.Score(i - offset, t),
                            set.Cost(i - offset, w),
                            set.Cost(i - offset, t)
                        )
                    )
                );
            }

            if (gains.Count < 50)
                throw new CliFailureException(
                    $"The data has {gains.Count} questions with answers of both models that the router was not trained on; at least 50 are needed. Calibrate on other data."
                );
            return new Sample(
                [.. gains],
                [.. cells.Select(c => c.Weak)],
                [.. cells.Select(c => c.Strong)],
                [.. cells.Select(c => c.WeakCost)],
                [.. cells.Select(c => c.StrongCost)]
            );
        }
    }
}
