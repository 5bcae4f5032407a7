using Wye.Cli.Terminals;

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
}
