using System.Globalization;
using Wye.Learning.Cascades;
using Wye.Learning.Guarantee;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Cascades;

/// <summary><c>wye calibrate --gate</c>: sets the threshold of a learned gate for an escalation share, a cost or a quality.</summary>
internal static class GateCalibration
{
    /// <summary>Calibrates on questions the gate was not trained on and writes the router file.</summary>
    public static int Run(
        CliContext context,
        (RouterManifest Manifest, RouterSnapshot Router) file,
        string name,
        string[] folders,
        (string Weak, string Strong) pair,
        CalibrationTarget target,
        (double Weak, double Strong)? costs,
        string output
    )
    {
        if (folders.Length != 1)
            throw new CliFailureException(
                "A gate is calibrated on one set: name one folder after --data.",
                ExitCodes.Usage
            );
        string folder = LearningOptions.Folder(context, folders[0]);
        string path = OutputFile.Check(context, output);
        LearnedGate gate =
            file.Router.Gates.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))
            ?? throw new CliFailureException(
                $"The router file has no gate '{name}'. It has: {string.Join(", ", file.Router.Gates.Select(one => one.Name))}."
            );
        AnsweredSet set = AnsweredSets.Unseen(
            AnsweredSets.Read(folder, pair.Weak, pair.Strong),
            gate,
            "Calibrate on other data."
        );
        PairDirection.Warn(context.Terminal, set.Source.Name, pair, (set.Weak.Average(), set.Strong.Average()));
        int[] rows = [.. Enumerable.Range(0, set.Rows.Length)];
        float[] a = GateRows.Of(set);
        float[] doubt = [.. rows.Select(i => (float)(1 - gate.Score(a.AsSpan(i * GateRows.Width, GateRows.Width))))];
        (float bound, string? words) = Find(
            doubt,
            set,
            [.. rows.Select(i => CascadeCosts.OfCall(set, i, pair.Weak, costs?.Weak))],
            [.. rows.Select(i => CascadeCosts.OfCall(set, i, pair.Strong, costs?.Strong))],
            target
        );
        if (words is null)
        {
            context.Terminal.Line(
                "Not achievable with this gate on this data. The safe choice is strong for every call."
            );
            return ExitCodes.Failed;
        }

        // Escalated when doubt ≥ bound, so passed when the score is above 1 − bound.
        double threshold = Math.Clamp(Math.BitIncrement(1 - (double)bound), 0, 1);
        double share = doubt.Count(d => d >= bound) / (double)doubt.Length;
        context.Terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"gate '{name}', threshold {threshold:G6}: {words}; {share:P1} of {rows.Length} answers are escalated to {pair.Strong}"
            )
        );
        RouterSnapshot router = file.Router.With([
            .. file.Router.Gates.Select(one => ReferenceEquals(one, gate) ? gate.WithThreshold(threshold) : one),
        ]);
        OutputFile.Write(path, stream => RouterFile.Write(stream, file.Manifest, router));
        return ExitCodes.Ok;
    }

    private static (float Bound, string? Words) Find(
        float[] doubt,
        AnsweredSet set,
        double[] weakCost,
        double[] strongCost,
        CalibrationTarget target
    )
    {
        if (target.Promises)
        {
            QualityGuarantee.Promise promise = QualityGuarantee.Find(
                doubt,
                set.Weak,
                set.Strong,
                target.Value,
                target.Confidence
            );
            return promise.Achieved ? (promise.Threshold, target.Words) : (0, null);
        }

        if (target.Kind is not "cost")
            return (
                ThresholdCalibration.ForStrongShare(doubt, target.Value),
                string.Create(CultureInfo.InvariantCulture, $"escalation {target.Value:0.####}")
            );
        double weakAlone = weakCost.Average();
        if (double.IsNaN(weakAlone + strongCost.Average()))
            throw new CliFailureException("The data has no costs for both models. Name them with --costs weak,strong.");
        // Who is refused often asked for more than the mean: their own costs count, not the mean of all.
        double[] both = [.. weakCost.Zip(strongCost, (w, s) => w + s)];
        return weakAlone > target.Value
            ? (0, null)
            : (
                ThresholdCalibration.ForCost(doubt, weakCost, both, target.Value),
                $"{target.Words}, the weak one always paid"
            );
    }
}
