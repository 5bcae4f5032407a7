using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Learning.Guarantee;
using Wye.Learning.Metrics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning;

/// <summary><c>wye calibrate</c>: sets the threshold of a router's pair for a target, and promises quality where it can.</summary>
internal static class CalibrateCommand
{
    public static Command Create(CliContext context)
    {
        var router = new Option<string>("--router")
        {
            Description = "Router file.",
            HelpName = "FILE",
            Required = true,
        };
        var data = LearningOptions.Data();
        var names = LearningOptions.Names();
        var embeddings = LearningOptions.Embeddings();
        var pair = new Option<string?>("--pair")
        {
            Description = "weak,strong (default: the router's own pair, when it has one).",
        };
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
        var output = new Option<string>("--out")
        {
            Description = "Router file to write.",
            HelpName = "FILE",
            Required = true,
        };
        var json = LearningOptions.Json();
        var command = new Command("calibrate", "Set a router's threshold on sample traffic.")
        {
            router,
            data,
            names,
            embeddings,
            pair,
            target,
            confidence,
            gate,
            costs,
            output,
            json,
        };
        command.SetAction(parsed =>
        {
            string? gateName = parsed.GetValue(gate);
            var wanted = CalibrationTarget.Parse(
                parsed.GetValue(target)!,
                parsed.GetValue(confidence),
                gateName is null ? "strong-share" : "escalation"
            );
            if (!wanted.Promises)
                LearningOptions.CheckIdle(parsed, "goes with --target quality=…", confidence);
            (RouterManifest manifest, RouterSnapshot snapshot) = LearningOptions.Router(
                context,
                parsed.GetValue(router)!
            );
            if (gateName is not null)
            {
                LearningOptions.CheckNoGate(parsed.GetValue(embeddings));
                LearningOptions.CheckIdle(parsed, "does not go with --gate", names, json);
                return Cascades.GateCalibration.Run(
                    context,
                    (manifest, snapshot),
                    gateName,
                    parsed.GetValue(data)!,
                    Pair(snapshot, parsed.GetValue(pair)),
                    wanted,
                    Cascades.CascadeEval.ReadCosts(parsed.GetValue(costs)),
                    parsed.GetValue(output)!
                );
            }

            LearningOptions.CheckIdle(parsed, "goes with --gate", costs);
            string file = OutputFile.Check(context, parsed.GetValue(output)!);
            string? figures = LearningOptions.JsonFile(context, parsed, json);
            OutputFile.CheckApart(context, ("--out", file), ("--json", figures));
            (string weak, string strong) = Pair(snapshot, parsed.GetValue(pair));
            Corpus corpus = LearningOptions.Read(
                context,
                parsed.GetValue(data)!,
                parsed.GetValue(names),
                parsed.GetValue(embeddings)
            );
            LearningOptions.CheckDistinct(corpus);
            LearningOptions.CheckVectors(snapshot, corpus);
            var sample = LearningOptions.Guarded(() => CalibrationSample.Of(corpus, snapshot, weak, strong));
            PairDirection.Warn(
                context.Terminal,
                string.Join(", ", corpus.Sets.Select(set => set.Name)),
                (weak, strong),
                (sample.Weak.Average(), sample.Strong.Average())
            );
            float? found = wanted.Find(sample);
            bool quiet = LearningOptions.JsonOnOutput(parsed, json);
            if (found is not { } threshold)
            {
                Answer(context, quiet, figures, wanted, sample, null, wanted.Refusal(sample));
                return ExitCodes.Failed;
            }

            double share = sample.StrongShare(threshold);
            float[] edges = Drift.Edges(sample.Gains);
            OutputFile.Write(
                file,
                stream =>
                    RouterFile.Write(
                        stream,
                        manifest with
                        {
                            Threshold = Finite(threshold),
                            Target = wanted.Words,
                            Calibration = new RouterCalibration(
                                weak,
                                strong,
                                share,
                                sample.Count,
                                edges,
                                Drift.Shares(sample.Gains, edges)
                            ),
                        },
                        snapshot
                    )
            );
            string words = string.Create(
                CultureInfo.InvariantCulture,
                $"threshold {Finite(threshold):G6}: {wanted.Words}. On {sample.Count} questions the router was not trained on {share:P1} go to {strong}, quality is {sample.QualityShare(threshold):P1} of {strong}'s{Cost(sample, threshold)}."
            );
            Answer(context, quiet, figures, wanted, sample, threshold, words);
            return ExitCodes.Ok;
        });
        return command;
    }

    // JSON has no infinity; no gain is above 2.
    private static double Finite(float threshold) => Math.Clamp(threshold, -2, 2);

    private static string Cost(CalibrationSample sample, float threshold) =>
        sample.Priced
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", cost {sample.Cost(threshold) * 1000:0.####} USD per 1,000 calls instead of {sample.Cost(float.NegativeInfinity) * 1000:0.####}"
            )
            : "";

    private static (string Weak, string Strong) Pair(RouterSnapshot router, string? named)
    {
        if (named is not null)
            return LearningOptions.Pair(named);
        return router.Pairs.Count == 1
            ? (router.Pairs[0].Weak, router.Pairs[0].Strong)
            : throw new CliFailureException(
                router.Pairs.Count == 0
                    ? "The router has no pair of its own. Name two of its models: --pair weak,strong."
                    : $"The router has {router.Pairs.Count} pairs. Name one: {string.Join(" or ", router.Pairs.Select(p => $"--pair {p.Weak},{p.Strong}"))}.",
                ExitCodes.Usage
            );
    }

    private static void Answer(
        CliContext context,
        bool asJson,
        string? file,
        CalibrationTarget target,
        CalibrationSample sample,
        float? threshold,
        string words
    )
    {
        if (file is not null)
            OutputFile.Write(file, stream => LearningOptions.WriteJson(stream, Write));
        if (asJson)
            context.Terminal.Json(Write);
        else
            context.Terminal.Line(words);

        void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteBoolean("achieved", threshold is not null);
            json.WriteString("target", target.Words);
            json.WriteNumber("questions", sample.Count);
            if (threshold is { } value)
            {
                json.WriteNumber("threshold", Finite(value));
                json.WriteNumber("strong_share", sample.StrongShare(value));
                json.WriteNumber("quality_share", sample.QualityShare(value));
                if (sample.Priced)
                    json.WriteNumber("usd_per_thousand", sample.Cost(value) * 1000);
            }

            json.WriteString("words", words);
            json.WriteEndObject();
        }
    }
}
