using Wye.Cli.Terminals;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;

namespace Wye.Cli.Learning;

/// <summary>Whether a pair is named the right way round.</summary>
internal static class PairDirection
{
    /// <summary>Warns where the weak model is the better one: gap and share then count the loss of every call that goes to the worse.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="data">What they were measured on.</param>
    /// <param name="pair">The pair as it was named.</param>
    /// <param name="quality">Mean quality of the two.</param>
    public static void Warn(
        Terminal terminal,
        string data,
        (string Weak, string Strong) pair,
        (double Weak, double Strong) quality
    )
    {
        if (quality.Weak > quality.Strong)
            terminal.Warn(
                $"wye: on '{data}' {pair.Weak} is better than {pair.Strong}, so what is called a gap is a loss. Did you mean --pair {pair.Strong},{pair.Weak}?"
            );
    }

    /// <summary>The same on every set that has answers of both.</summary>
    public static void Warn(Terminal terminal, Corpus corpus, (string Weak, string Strong) pair)
    {
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            LabelledSet set = corpus.Sets[s];
            int offset = corpus.Offsets[s];
            (int weak, int strong) = (set.IndexOf(pair.Weak), set.IndexOf(pair.Strong));
            if (weak < 0 || strong < 0)
                continue;
            int[] both = PairTrainer.Labelled(corpus, s, weak, strong, Enumerable.Range(offset, set.Queries.Count));
            if (both.Length > 0)
                Warn(
                    terminal,
                    set.Name,
                    pair,
                    (both.Average(i => set.Score(i - offset, weak)), both.Average(i => set.Score(i - offset, strong)))
                );
        }
    }
}
