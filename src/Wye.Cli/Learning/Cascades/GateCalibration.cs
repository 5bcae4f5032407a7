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
    private const int LeastRows = 50;

    /// <summary>Calibrates on questions the gate was not trained on and writes the router file.</summary>
    public static int Run(
        CliContext context,
        (RouterManifest Manifest, RouterSnapshot Router) file,
        string name,
        string folder,
        (string Weak, string Strong) pair,
        string target,
        double confidence,
        (double Weak, double Strong)? costs,
        string output
    )
    {
        string path = OutputFile.Check(context, output);
        LearnedGate gate =
            file.Router.Gates.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))
            ?? throw new CliFailureException(
                $"The router file has no gate '{name}'. It has: {string.Join(", ", file.Router.Gates.Select(one => one.Name))}."
            );
        AnsweredSet set = AnsweredSets.Read(context.Resolve(folder), pair.Weak, pair.Strong);
        var trained = gate.TrainedQuestions.ToHashSet();
        int[] rows = [.. Enumerable.Range(0, set.Rows.Length).Where(i => !trained.Contains(Folds.HashOf(set.Key(i))))];
        if (rows.Length < LeastRows)
            throw new CliFailureException(
                $"The data has {rows.Length} answered questions that the gate was not trained on; at least {LeastRows} are needed. Calibrate on other data."
            );
        float[] a = GateRows.Of(set);
        float[] doubt = [.. rows.Select(i => (float)(1 - gate.Score(a.AsSpan(i * GateRows.Width, GateRows.Width))))];
        float[] weak = [.. rows.Select(i => set.Weak[i])];
        float[] strong = [.. rows.Select(i => set.Strong[i])];
        (float bound, string? words) = Find(
            doubt,
            weak,
            strong,
            [.. rows.Select(i => CascadeCosts.OfCall(set, i, pair.Weak, costs?.Weak))],
            [.. rows.Select(i => CascadeCosts.OfCall(set, i, pair.Strong, costs?.Strong))],
            target,
            confidence
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
        float[] weak,
        float[] strong,
        double[] weakCost,
        double[] strongCost,
        string target,
        double confidence
    )
    {
        string[] parts = target.Split('=');
        double value = 0;
        if (
            parts.Length != 2
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            || value <= 0
        )
            throw NoTarget(target);
        switch (parts[0])
        {
            case "escalation":
            case "strong-share":
                return (ThresholdCalibration.ForStrongShare(doubt, Math.Min(1, value)), $"escalation {parts[1]}");
            case "cost":
                double w = weakCost.Average();
                double s = strongCost.Average();
                if (double.IsNaN(w + s))
                    throw new CliFailureException(
                        "The data has no costs for both models. Name them with --costs weak,strong."
                    );
                double share = (value - w) / s;
                return share < 0
                    ? (0, null)
                    : (
                        ThresholdCalibration.ForStrongShare(doubt, Math.Min(1, share)),
                        $"at most USD {parts[1]} per call, the weak one always paid"
                    );
            case "quality":
                QualityGuarantee.Promise promise = QualityGuarantee.Find(doubt, weak, strong, value, confidence);
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
                throw NoTarget(target);
        }
    }

    private static CliFailureException NoTarget(string target) =>
        new($"'{target}' is no target. Write escalation=0.3, cost=0.002 or quality=0.95.", ExitCodes.Usage);
}
