using Wye.Learning.Cascades;
using Wye.Learning.Reading;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Cascades;

/// <summary>Reads sets with answers; a bad one ends the command with its own message.</summary>
internal static class AnsweredSets
{
    private const int LeastUnseen = 50;

    /// <summary>Reads one.</summary>
    /// <param name="folder">The set.</param>
    /// <param name="weak">Whose answers are judged; null = the weakest with answers.</param>
    /// <param name="strong">Whom refused questions go to; null = nobody.</param>
    public static AnsweredSet Read(string folder, string? weak, string? strong)
    {
        try
        {
            return AnsweredSet.Read(folder, weak ?? Weakest(folder), strong);
        }
        catch (InvalidDataException fault)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    /// <summary>The set without the questions that a gate was trained on: on those it knows better than on any other.</summary>
    /// <param name="set">The set.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="otherwise">What to do when too few are left.</param>
    public static AnsweredSet Unseen(AnsweredSet set, LearnedGate gate, string otherwise)
    {
        AnsweredSet unseen = set.Unseen(gate);
        return unseen.Rows.Length >= LeastUnseen
            ? unseen
            : throw new CliFailureException(
                $"The data has {unseen.Rows.Length} answered questions that the gate was not trained on; at least {LeastUnseen} are needed. {otherwise}"
            );
    }

    private static string Weakest(string folder)
    {
        LabelledSet set = LabelledSetReader.Read(folder);
        return AnsweredSet
                .ModelsIn(folder)
                .Where(model => set.IndexOf(model) >= 0)
                .OrderBy(model => Mean(set, set.IndexOf(model)))
                .FirstOrDefault()
            ?? throw new InvalidDataException(
                $"'{folder}' has no responses.jsonl with answers of its models. Gates need the text of answers."
            );
    }

    private static double Mean(LabelledSet set, int model) =>
        Enumerable
            .Range(0, set.Queries.Count)
            .Select(i => (double)set.Score(i, model))
            .Where(score => !double.IsNaN(score))
            .DefaultIfEmpty(0)
            .Average();
}
