using Wye.Learning.Cascades;
using Wye.Learning.Reading;

namespace Wye.Cli.Learning.Cascades;

/// <summary>Reads sets with answers; a bad one ends the command with its own message.</summary>
internal static class AnsweredSets
{
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
