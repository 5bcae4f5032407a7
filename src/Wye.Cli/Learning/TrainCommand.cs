using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Quality.Files;

namespace Wye.Cli.Learning;

/// <summary><c>wye train</c>: learns a router file from labelled sets.</summary>
internal static class TrainCommand
{
    private const int LeastGuardRows = 100;
    private const double LeastGuardShare = 0.5;

    public static Command Create(CliContext context)
    {
        var data = LearningOptions.Data();
        var pool = new Option<string?>("--pool")
        {
            Description = "m1,m2,…: models to serve; all answers are learned from.",
        };
        var names = new Option<string?>("--names")
        {
            Description = "CSV set,model,name: what a set calls a model, where sets differ; an empty name drops it.",
        };
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
        var command = new Command("train", "Learn a router from labelled data.")
        {
            data,
            names,
            pool,
            pairs,
            labels,
            gate,
            model,
            seed,
            output,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(gate) is { } gateName)
                return Cascades.GateTraining.Run(
                    context,
                    gateName,
                    parsed.GetValue(data)!,
                    parsed.GetValue(model),
                    parsed.GetValue(seed),
                    parsed.GetValue(output)!
                );
            long started = context.Time.GetTimestamp();
            Corpus corpus = LearningOptions.Read(context, parsed.GetValue(data)!, parsed.GetValue(names));
            string file = context.Resolve(parsed.GetValue(output)!);
            string[] models = parsed.GetValue(pool)?.Split(',') ?? [];
            var wanted = (parsed.GetValue(pairs) ?? []).Select(LearningOptions.Pair).ToArray();
            var options = new TrainerOptions { Seed = parsed.GetValue(seed) };
            (int[] train, int[] guard) = Split(corpus, options.Seed, parsed.GetValue(labels));
            string name = Path.GetFileNameWithoutExtension(file);
            RouterSnapshot router = Fit(context.Terminal.Console, corpus, options, name, models, wanted, train);
            RouterManifest manifest = Judge(context, corpus, router, train, guard, options.Seed);
            using (FileStream stream = File.Create(file))
                RouterFile.Write(stream, manifest, router);
            double seconds = context.Time.GetElapsedTime(started).TotalSeconds;
            context.Terminal.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}: {router.Models.Count} models, {manifest.Labels} questions, {new FileInfo(file).Length / 1e6:F1} MB, {seconds:F0} s"
                )
            );
            return ExitCodes.Ok;
        });
        return command;
    }

    private static (int[] Train, int[] Guard) Split(Corpus corpus, ulong seed, int? labels)
    {
        int[] all = [.. Enumerable.Range(0, corpus.Count)];
        int[] guard = [.. all.Where(i => GuardSplit.Holds(corpus.Query(i).Key, seed))];
        int[] train = [.. all.Where(i => !GuardSplit.Holds(corpus.Query(i).Key, seed))];
        if (labels is { } most && most < train.Length)
            train = [.. train.OrderBy(i => Folds.Of(corpus.Query(i).Key, int.MaxValue, seed + 3)).Take(most).Order()];
        return (train, guard);
    }

    private static RouterSnapshot Fit(
        IAnsiConsole console,
        Corpus corpus,
        TrainerOptions options,
        string name,
        string[] models,
        (string Weak, string Strong)[] pairs,
        int[] train
    )
    {
        RouterSnapshot? router = null;
        console
            .Progress()
            .Start(progress =>
            {
                // Latent space, difficulty, quality, lengths; then one step per pair.
                ProgressTask task = progress.AddTask("read", maxValue: 4 + pairs.Length);
                bool first = true;
                try
                {
                    router = new RouterTrainer(corpus, options).Fit(
                        name,
                        models,
                        pairs,
                        train,
                        step =>
                        {
                            if (!first)
                                task.Increment(1);
                            first = false;
                            task.Description = Markup.Escape(step);
                        }
                    );
                }
                catch (InvalidDataException fault)
                {
                    throw new CliFailureException(fault.Message);
                }

                task.Value = task.MaxValue;
            });
        return router!;
    }

    private static RouterManifest Judge(
        CliContext context,
        Corpus corpus,
        RouterSnapshot router,
        int[] train,
        int[] guard,
        ulong seed
    )
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        bool champion = false;
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            (PoolOutcome? pool, int[] rows) = GuardPool(corpus, s, router, guard);
            if (pool is null)
                continue;
            (float[] quality, double[] cost) = RouterScoring.Pool(router, corpus, rows, pool.Models);
            ChampionGuard.Verdict verdict = ChampionGuard.Judge(pool, quality, cost, seed: seed);
            champion |= verdict.Champion;
            string set = corpus.Sets[s].Name;
            metrics[$"{set}.guard_over_constant"] = verdict.OverConstant.Value;
            metrics[$"{set}.guard_over_mix"] = verdict.OverMix.Value;
            context.Terminal.Line(
                $"guard {set}: over the best constant model {verdict.OverConstant}, over the random mix {verdict.OverMix}{(verdict.Champion ? ", champion" : "")}"
            );
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
            Guard = GuardSplit.HashOf(guard.Select(i => corpus.Query(i).Key)),
            Champion = champion,
            Metrics = metrics,
        };
    }

    // Guard questions on which the served models that the set prices have a score and a cost: only there can a choice
    // be judged.
    private static (PoolOutcome? Pool, int[] Rows) GuardPool(Corpus corpus, int s, RouterSnapshot router, int[] guard)
    {
        LabelledSet set = corpus.Sets[s];
        int offset = corpus.Offsets[s];
        int[] asked = [.. guard.Where(i => corpus.SetOf(i) == s)];
        bool Priced(int item, int column) =>
            !float.IsNaN(set.Score(item - offset, column)) && set.Cost(item - offset, column) >= 0;
        string[] models =
        [
            .. router.Models.Where(m =>
                set.IndexOf(m) is var c and >= 0 && asked.Count(i => Priced(i, c)) >= LeastGuardShare * asked.Length
            ),
        ];
        int[] columns = Array.ConvertAll(models, set.IndexOf);
        int[] rows = [.. asked.Where(i => columns.All(c => Priced(i, c)))];
        return models.Length < 2 || rows.Length < LeastGuardRows
            ? (null, [])
            : (
                new PoolOutcome(
                    models,
                    [.. rows.SelectMany(i => columns.Select(c => set.Score(i - offset, c)))],
                    [.. rows.SelectMany(i => columns.Select(c => set.Cost(i - offset, c)))]
                ),
                rows
            );
    }
}
