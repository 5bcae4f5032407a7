using System.Globalization;
using Wye.Learning.Cascades;
using Wye.Learning.Reading;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Cascades;

/// <summary><c>wye train --gate</c>: learns a gate from labelled answers and writes it into a router file.</summary>
internal static class GateTraining
{
    /// <summary>Trains and writes; a router file that is there keeps its estimators and other gates.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="name">Name of the gate.</param>
    /// <param name="folders">Labelled sets with answers.</param>
    /// <param name="model">Whose answers are judged; null = the weakest with answers.</param>
    /// <param name="seed">Seed of training.</param>
    /// <param name="output">Router file to write.</param>
    public static int Run(CliContext context, string name, string[] folders, string? model, ulong seed, string output)
    {
        long started = context.Time.GetTimestamp();
        if (folders.Length != 1)
            throw new CliFailureException(
                "A gate is trained on one set: name one folder after --data.",
                ExitCodes.Usage
            );
        string folder = LearningOptions.Folder(context, folders[0]);
        string file = OutputFile.Check(context, output);
        AnsweredSet set = AnsweredSets.Read(folder, model, strong: null);
        float[] a = GateRows.Of(set);
        string[] keys = [.. Enumerable.Range(0, set.Rows.Length).Select(set.Key)];
        int[] all = [.. Enumerable.Range(0, keys.Length)];
        LearnedGate gate = GateTrainer.Train(name, a, set.Weak, keys, all, seed);
        (RouterManifest manifest, RouterSnapshot router) = File.Exists(file)
            ? LearningOptions.Router(context, output)
            : Empty(file, seed, set);
        router = router.With([.. router.Gates.Where(other => other.Name != name), gate]);
        OutputFile.Write(file, stream => RouterFile.Write(stream, manifest, router));
        context.Terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: gate '{name}' from {keys.Length} answers, {set.Weak.Average():P1} right, held-out AUROC {gate.Profile.Auroc:F3}, {context.Time.GetElapsedTime(started).TotalSeconds:F0} s"
            )
        );
        context.Terminal.Line($"Use it: gates: {{ {name}: {{ kind: learned, file: {Path.GetFileName(file)} }} }}");
        return ExitCodes.Ok;
    }

    private static (RouterManifest, RouterSnapshot) Empty(string file, ulong seed, AnsweredSet set)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        LabelledSet source = set.Source;
        return (
            new RouterManifest
            {
                Name = name,
                Seed = seed,
                Labels = set.Rows.Length,
                Sources = [new RouterManifest.Source(source.Name, source.Hash, set.Rows.Length, source.Models.Count)],
            },
            RouterSnapshot.Empty(name)
        );
    }
}
