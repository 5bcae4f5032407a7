using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Learning.Training;

/// <summary>Finds the words that tell a cell's questions from all others.</summary>
/// <remarks>
/// A word's worth is its share of the cell's questions times the logarithm of that share over its share of all questions
/// (a term of the Kullback–Leibler divergence). A word must stand in three questions of the cell, so that no single prompt
/// shows through.
/// </remarks>
internal static class CellWords
{
    private const int Kept = 6;
    private const int LeastQuestions = 3;
    private const int LeastLetters = 3;
    private const int MostLetters = 20;
    private const int MostRead = 4096;

    /// <summary>Words and sizes of the cells.</summary>
    public static CellTopics Of(Corpus corpus, EncodedCorpus encoded, ClustersEstimator cells, int[] items)
    {
        var counts = new Dictionary<string, int>[cells.Cells];
        for (int c = 0; c < counts.Length; c++)
            counts[c] = new Dictionary<string, int>(StringComparer.Ordinal);
        var overall = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] questions = new int[cells.Cells];
        var scratch = new EstimateScratch();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Span<int> nearest = stackalloc int[1];
        Span<float> weight = stackalloc float[1];
        foreach (int item in items)
        {
            cells.Nearest(encoded.Dense.AsSpan(item * encoded.Width, cells.Width), scratch, nearest, weight);
            questions[nearest[0]]++;
            seen.Clear();
            Read(corpus.Query(item).Prompt, seen);
            foreach (string word in seen)
            {
                counts[nearest[0]][word] = counts[nearest[0]].GetValueOrDefault(word) + 1;
                overall[word] = overall.GetValueOrDefault(word) + 1;
            }
        }

        return new CellTopics(
            [.. counts.Select((words, c) => Typical(words, overall, questions[c], items.Length))],
            questions
        );
    }

    private static string Typical(
        Dictionary<string, int> words,
        Dictionary<string, int> overall,
        int questions,
        int all
    ) =>
        string.Join(
            ' ',
            words
                .Where(word => word.Value >= LeastQuestions)
                .Select(word =>
                {
                    double share = (double)word.Value / questions;
                    return (word.Key, Worth: share * Math.Log(share * all / overall[word.Key]));
                })
                .Where(word => word.Worth > 0)
                .OrderByDescending(word => word.Worth)
                .ThenBy(word => word.Key, StringComparer.Ordinal)
                .Take(Kept)
                .Select(word => word.Key)
        );

    private static void Read(string prompt, HashSet<string> words)
    {
        ReadOnlySpan<char> text = prompt.AsSpan(0, Math.Min(prompt.Length, MostRead));
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i]))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0 && i - start is >= LeastLetters and <= MostLetters)
                words.Add(text[start..i].ToString().ToLowerInvariant());
            start = -1;
        }
    }
}
