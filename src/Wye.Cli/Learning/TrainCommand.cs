using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning;

/// <summary><c>wye train</c>: learns a router file from labelled sets.</summary>
internal static class TrainCommand
{
    public static Command Create(CliContext context)
    {
        var data = LearningOptions.Data();
        var pool = new Option<string?>("--pool")
        {
            Description = "m1,m2,…: models to serve; all answers are learned from.",
        };
        var names = LearningOptions.Names();
        var embeddings = LearningOptions.Embeddings();
        var pairs = new Option<string[]>("--pair") { Description = "weak,strong: a pair with a gain head of its own." };
        var labels = new Option<int?>("--labels") { Description = "Learn from this many questions only." };
        var gate = new Option<string?>("--gate")
        {
            Description = "Train a gate of this name instead, from responses.jsonl.",
        };
        var model = new Option<string?>("--model")
        {
            Description = "With --gate: whose answers it judges; default the weakest.",
        };
        var seed = LearningOptions.Seed();
        var output = new Option<string>("--out") { Description = "Router file to write.", Required = true };
        var json = LearningOptions.Json();
        var command = new Command("train", "Learn a router from labelled data.")
        {
            data,
            names,
            embeddings,
            pool,
            pairs,
            labels,
            gate,
            model,
            seed,
            output,
            json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(gate) is { } gateName)
            {
                LearningOptions.CheckNoGate(parsed.GetValue(embeddings));
                LearningOptions.CheckIdle(parsed, "does not go with --gate", names, pool, pairs, labels, json);
                return Cascades.GateTraining.Run(
                    context,
                    gateName,
                    parsed.GetValue(data)!,
                    parsed.GetValue(model),
                    parsed.GetValue(seed),
                    parsed.GetValue(output)!
                );
            }

            LearningOptions.CheckIdle(parsed, "goes with --gate", model);
            long started = context.Time.GetTimestamp();
            int? budget = parsed.GetValue(labels);
            if (budget < RouterTrainer.LeastAnswers)
                throw new CliFailureException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"--labels is at least {RouterTrainer.LeastAnswers}: a model with fewer answers is not learned."
                    ),
                    ExitCodes.Usage
                );
            string file = OutputFile.Check(context, parsed.GetValue(output)!);
            string? figures = LearningOptions.JsonFile(context, parsed, json);
            OutputFile.CheckApart(context, ("--out", file), ("--json", figures));
            Corpus corpus = LearningOptions.Read(
                context,
                parsed.GetValue(data)!,
                parsed.GetValue(names),
                parsed.GetValue(embeddings)
            );
            LearningOptions.CheckDistinct(corpus);
            string[] models = parsed.GetValue(pool) is { } served ? LearningOptions.Pool(served) : [];
            var wanted = (parsed.GetValue(pairs) ?? []).Select(LearningOptions.Pair).ToArray();
            LearningOptions.CheckModels(
                corpus,
                [.. models, .. wanted.SelectMany(pair => (string[])[pair.Weak, pair.Strong])]
            );
            if (models.Length > 0)
                CheckServed(models, wanted);
            foreach (var pair in wanted)
                PairDirection.Warn(context.Terminal, corpus, pair);
            var options = new TrainerOptions { Seed = parsed.GetValue(seed) };
            (int[] train, int[] guard) = Split(corpus, options.Seed, budget);
            string name = Path.GetFileNameWithoutExtension(file);
            RouterSnapshot router = Fit(context, corpus, options, name, models, wanted, train);
            RouterManifest manifest = Judge(corpus, router, train, guard, options.Seed);
            OutputFile.Write(file, stream => RouterFile.Write(stream, manifest, router));
            double seconds = context.Time.GetElapsedTime(started).TotalSeconds;
            string words = string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {router.Models.Count} models, {manifest.Labels} questions, {new FileInfo(file).Length / 1e6:F1} MB, {seconds:F0} s"
            );
            if (figures is not null)
                OutputFile.Write(
                    figures,
                    stream => LearningOptions.WriteJson(stream, w => Write(w, manifest, router, words))
                );
            Answer(context, LearningOptions.JsonOnOutput(parsed, json), manifest, router, words);
            return ExitCodes.Ok;
        });
        return command;
    }

    // A gain head of a model that the file has no quality of would never be asked.
    private static void CheckServed(string[] models, (string Weak, string Strong)[] pairs)
    {
        string? missing = pairs
            .SelectMany(pair => (string[])[pair.Weak, pair.Strong])
            .FirstOrDefault(model => !models.Contains(model, StringComparer.Ordinal));
        if (missing is not null)
            throw new CliFailureException(
                $"--pair names '{missing}', which is not in --pool. Add it there, or leave out the pair.",
                ExitCodes.Usage
            );
    }

    private static (int[] Train, int[] Guard) Split(Corpus corpus, ulong seed, int? labels)
    {
        int[] all = [.. Enumerable.Range(0, corpus.Count)];
        int[] guard = GuardJudgement.Items(corpus, seed);
        int[] train = [.. all.Where(i => !GuardSplit.Holds(corpus.Query(i).Key, seed))];
        if (labels is { } most && most < train.Length)
            train = [.. train.OrderBy(i => Folds.Of(corpus.Query(i).Key, int.MaxValue, seed + 3)).Take(most).Order()];
        return (train, guard);
    }

    private static void Answer(
        CliContext context,
        bool asJson,
        RouterManifest manifest,
        RouterSnapshot router,
        string words
    )
    {
        string verdict = GuardWords.Of(manifest);
        if (!asJson)
        {
            context.Terminal.Line(verdict);
            context.Terminal.Line(words);
            return;
        }

        context.Terminal.Json(json => Write(json, manifest, router, words));
    }

    private static void Write(Utf8JsonWriter json, RouterManifest manifest, RouterSnapshot router, string words)
    {
        json.WriteStartObject();
        json.WriteString("router", manifest.Name);
        json.WriteNumber("questions", manifest.Labels);
        json.WriteNumber("models", router.Models.Count);
        json.WriteString("guard_sha256", manifest.Guard);
        json.WriteBoolean("champion", manifest.Champion);
        json.WriteStartObject("metrics");
        foreach (var (name, value) in manifest.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteNumber(name, value);
        json.WriteEndObject();
        json.WriteString("words", words);
        json.WriteEndObject();
    }

    private static RouterSnapshot Fit(
        CliContext context,
        Corpus corpus,
        TrainerOptions options,
        string name,
        string[] models,
        (string Weak, string Strong)[] pairs,
        int[] train
    ) =>
        // Latent space, difficulty, quality, lengths; then one step per pair.
        LearningProgress.Run(
            context,
            4 + pairs.Length,
            step =>
                LearningOptions.Guarded(() => new RouterTrainer(corpus, options).Fit(name, models, pairs, train, step))
        );

    private static RouterManifest Judge(Corpus corpus, RouterSnapshot router, int[] train, int[] guard, ulong seed)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        ChampionGuard.Verdict? verdict = GuardJudgement.Judge(corpus, router, guard, seed);
        if (verdict is not null)
        {
            metrics["guard.questions"] = verdict.Questions;
            metrics["guard.over_constant"] = verdict.OverConstant.Value;
            metrics["guard.over_constant.low"] = verdict.OverConstant.Low;
            metrics["guard.over_mix"] = verdict.OverMix.Value;
            metrics["guard.over_mix.low"] = verdict.OverMix.Low;
        }

        return new RouterManifest
        {
            Name = router.Name,
            Seed = seed,
            Labels = train.Length,
            Sources =
            [
                .. corpus.Sets.Select(
                    (set, s) =>
                        new RouterManifest.Source(
                            set.Name,
                            set.Hash,
                            train.Count(i => corpus.SetOf(i) == s),
                            set.Models.Count
                        )
                ),
            ],
            Guard = GuardJudgement.HashOf(corpus, guard),
            Champion = verdict?.Champion ?? false,
            Metrics = metrics,
        };
    }
}
