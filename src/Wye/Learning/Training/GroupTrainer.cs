using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Learning.Training.Stacking;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Learning.Training;

/// <summary>Trains a group of heads: base estimators, forests on their out-of-fold estimates, stack, calibration.</summary>
/// <remarks>Everything above the base estimators sees estimates made for questions their maker had not seen.</remarks>
internal sealed class GroupTrainer(EncodedCorpus encoded, ResponseFactors factors, TrainerOptions options)
{
    // Examples per block of the calibration: of all models together.
    private const int LeastBlock = 100;

    /// <summary>Fits the group; <paramref name="all"/> are the items the trainer may learn anything from.</summary>
    /// <exception cref="InvalidDataException">Equal questions stand in one fold, and these leave nothing for the others.</exception>
    public HeadGroup Fit(HeadTargets targets, int[] all, bool calibrate)
    {
        int heads = targets.Heads;
        int[] rows = targets.Rows;
        int folds = options.InnerFolds;
        int[] foldOf = Array.ConvertAll(rows, r => FoldOf(r, folds));
        if (foldOf.Distinct().Count() < 2)
            throw new InvalidDataException(
                $"The {rows.Length} questions to learn from are nearly all the same: they cannot be split to see what they teach. Add different questions."
            );
        float[] views = HeadBasis.Of(targets.Truth, rows, heads, options.Views);
        IHeadEstimator[] final = FitBase(targets, rows, all, gain: !calibrate);
        var shell = Group(targets, final, [], views, [], []);
        int count = shell.BaseParts;
        float[] oof = new float[rows.Length * count * heads];
        for (int f = 0; f < folds; f++)
        {
            int[] train = [.. rows.Where((_, i) => foldOf[i] != f)];
            int[] trainAll = [.. all.Where(i => FoldOf(i, folds) != f)];
            SpentRows.GiveBack();
            HeadGroup fold = Group(targets, FitBase(targets, train, trainAll, gain: !calibrate), [], views, [], []);
            Score(fold, rows, i => foldOf[i] == f, oof);
        }

        float[] inputs = Inputs(shell, rows, oof, heads);
        (int, int)[] shapes = calibrate ? options.ModelForests : options.Forests;
        (BoostedForest[] forests, float[] forestOof) = FitForests(targets, rows, foldOf, inputs, shapes);
        int parts = count + forests.Length;
        float[] allParts = new float[rows.Length * parts * heads];
        for (int r = 0; r < rows.Length; r++)
        {
            oof.AsSpan(r * count * heads, count * heads).CopyTo(allParts.AsSpan(r * parts * heads));
            forestOof
                .AsSpan(r * forests.Length * heads, forests.Length * heads)
                .CopyTo(allParts.AsSpan(((r * parts) + count) * heads));
        }

        float[] truth = HeadTargets.Pick(targets.Truth, rows, heads);
        if (!calibrate)
        {
            // What all models' answers make likely has the same mean as the truth and less noise.
            float[] wanted = HeadTargets.Pick(targets.Mixed, rows, heads);
            float[] plain = ScaledStack.Fit(allParts, wanted, rows.Length, parts, forests.Length, heads);
            return Group(targets, final, forests, views, plain, []);
        }

        int tasks = shell.PartNames.ToList().IndexOf(TaskTrainer.OwnName);
        (float[] stack, float[] level) = LevelStack.Fit(
            allParts,
            truth,
            rows.Length,
            parts,
            forests.Length,
            tasks,
            heads
        );
        HeadGroup group = Group(targets, final, forests, views, stack, [], level);
        return Group(targets, final, forests, views, stack, Calibrate(group, allParts, truth, rows.Length), level);
    }

    // One map for all models: maps of their own would bend the distances between models, which a choice rests on, by
    // more than they could tell about each.
    private static MonotoneCalibration[] Calibrate(HeadGroup group, float[] parts, float[] truth, int rows)
    {
        float[] blended = new float[rows * group.Heads];
        int size = group.Parts * group.Heads;
        for (int r = 0; r < rows; r++)
            group.Blend(parts.AsSpan(r * size, size), blended.AsSpan(r * group.Heads, group.Heads));
        var calibrations = new MonotoneCalibration[group.Heads];
        Array.Fill(calibrations, IsotonicFit.Fit(blended, truth, LeastBlock));
        return calibrations;
    }

    private static HeadGroup Group(
        HeadTargets targets,
        IHeadEstimator[] estimators,
        BoostedForest[] forests,
        float[] views,
        float[] stack,
        MonotoneCalibration[] calibrations,
        float[]? level = null
    ) =>
        new()
        {
            Heads = targets.Heads,
            Estimators = estimators,
            Forests = forests,
            Views = views,
            Stack = stack,
            Level = level ?? [],
            Calibrations = calibrations,
        };

    private int FoldOf(int item, int folds) => Folds.Of(encoded.Corpus.Query(item).Key, folds, options.Seed + 77);

    private IHeadEstimator[] FitBase(HeadTargets targets, int[] rows, int[] all, bool gain)
    {
        int heads = targets.Heads;
        float[] y = targets.Mixed;
        (NgramEstimator own, NgramEstimator shared) = NgramTrainer.Fit(encoded, rows, all, y, heads, factors);
        var latent = new LatentEstimator
        {
            Weights = DenseRidge.Fit(
                encoded.Pick(rows),
                rows.Length,
                encoded.Width,
                HeadTargets.Pick(y, rows, heads),
                heads,
                options.LatentPenalty
            ),
        };
        (ClustersEstimator cells, int[] cellOf) = CellTrainer.Fit(encoded, rows, y, heads, options.Cells, options.Seed);
        int probes = Math.Min(cells.Cells, gain ? options.Probes : options.ModelProbes);
        // A part is work in every decision. Scalars alone, many neighbours and topics are parts of a pair's gain; the stacks of
        // pools gave the last two a hundredth of all weight, and choose as well without (docs/design/0004).
        int[] neighbours = gain ? [30, 150] : [30];
        IHeadEstimator[] scalars = gain ? [new ScalarsEstimator { Weights = FitScalars(rows, y, heads) }] : [];
        IHeadEstimator[] topics = gain ? [TaskTrainer.FitShared(encoded, rows, all, y, heads)] : [];
        return
        [
            own,
            shared,
            latent,
            .. scalars,
            cells,
            CellTrainer.Neighbours(encoded, rows, y, heads, cells, cellOf, probes, neighbours),
            TaskTrainer.FitOwn(encoded, rows, y, heads),
            .. topics,
        ];
    }

    private float[] FitScalars(int[] rows, float[] y, int heads)
    {
        const int count = FeatureLayout.Scalars;
        float[] scalars = new float[rows.Length * count];
        for (int r = 0; r < rows.Length; r++)
            encoded.At(rows[r]).Dense[^count..].CopyTo(scalars.AsSpan(r * count));
        float[] wanted = HeadTargets.Pick(y, rows, heads);
        return DenseRidge.Fit(scalars, rows.Length, count, wanted, heads, options.LatentPenalty);
    }

    private void Score(HeadGroup fold, int[] rows, Func<int, bool> wanted, float[] oof) =>
        Parallel.For(
            0,
            rows.Length,
            Threads.Options,
            () => new EstimateScratch(),
            (r, _, scratch) =>
            {
                int size = fold.BaseParts * fold.Heads;
                if (wanted(r))
                    fold.EstimateBase(encoded.At(rows[r]), scratch, oof.AsSpan(r * size, size));
                return scratch;
            },
            static _ => { }
        );

    private float[] Inputs(HeadGroup shell, int[] rows, float[] oof, int heads)
    {
        int width = shell.InputWidth;
        int size = shell.BaseParts * heads;
        float[] inputs = new float[rows.Length * width];
        for (int r = 0; r < rows.Length; r++)
            shell.FillInputs(encoded.At(rows[r]), oof.AsSpan(r * size, size), inputs.AsSpan(r * width, width));
        return inputs;
    }

    private (BoostedForest[] Forests, float[] Oof) FitForests(
        HeadTargets targets,
        int[] rows,
        int[] foldOf,
        float[] inputs,
        (int Depth, int Trees)[] shapes
    )
    {
        int heads = targets.Heads;
        int width = inputs.Length / rows.Length;
        float[] y = HeadTargets.Pick(targets.Mixed, rows, heads);
        float[] oof = new float[rows.Length * shapes.Length * heads];
        var forests = new BoostedForest[shapes.Length];
        int folds = options.InnerFolds;
        // One job per (shape, fold), and one per shape for the final forest on all rows.
        Parallel.For(
            0,
            shapes.Length * (folds + 1),
            Threads.Options,
            job =>
            {
                int shape = job / (folds + 1);
                int fold = job % (folds + 1);
                int[] train = [.. Enumerable.Range(0, rows.Length).Where(r => fold == folds || foldOf[r] != fold)];
                BoostedForest forest = BoostTrainer.Fit(
                    HeadTargets.Pick(inputs, train, width),
                    train.Length,
                    width,
                    HeadTargets.Pick(y, train, heads),
                    heads,
                    targets.Emphasis,
                    shapes[shape].Trees,
                    shapes[shape].Depth,
                    options.Seed + (ulong)shape
                );
                if (fold == folds)
                {
                    forests[shape] = forest;
                    return;
                }

                for (int r = 0; r < rows.Length; r++)
                {
                    if (foldOf[r] == fold)
                        forest.Predict(
                            inputs.AsSpan(r * width, width),
                            oof.AsSpan(((r * shapes.Length) + shape) * heads, heads)
                        );
                }
            }
        );
        return (forests, oof);
    }
}
