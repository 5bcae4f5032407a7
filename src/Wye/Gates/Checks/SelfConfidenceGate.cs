using System.Collections.Immutable;
using System.Globalization;
using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>self_confidence</c>: what the model says of its own certainty (LOW, MEDIUM, HIGH or 0–100), read through a calibration table.</summary>
/// <param name="table">Stated certainty 0..1, ascending → share of such answers that were right; between two it is drawn straight.</param>
/// <param name="threshold">Least calibrated value that passes.</param>
internal sealed class SelfConfidenceGate(ImmutableArray<(double Stated, double Right)> table, double threshold)
    : Gate("self_confidence")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if (Stated(answer.Answer) is not { } stated)
        {
            return GateVerdict.Abstain("self_confidence: not stated");
        }

        var right = Calibrated(stated);
        return right >= threshold ? GateVerdict.Pass(right) : GateVerdict.Refuse("self_confidence: low", right);
    }

    private double Calibrated(double stated)
    {
        for (var i = 1; i < table.Length; i++)
        {
            if (stated <= table[i].Stated)
            {
                var (from, to) = (table[i - 1], table[i]);
                var share = to.Stated == from.Stated ? 1 : (stated - from.Stated) / (to.Stated - from.Stated);
                return from.Right + (Math.Clamp(share, 0, 1) * (to.Right - from.Right));
            }
        }

        return table.IsEmpty ? stated : table[^1].Right;
    }

    private static double? Stated(ReadOnlySpan<char> text)
    {
        var said = FinalAnswer.Find(text, "confidence");
        if (said.IsEmpty)
        {
            return null;
        }

        if (said.StartsWith("low", StringComparison.OrdinalIgnoreCase))
        {
            return 0.25;
        }

        if (said.StartsWith("medium", StringComparison.OrdinalIgnoreCase))
        {
            return 0.5;
        }

        if (said.StartsWith("high", StringComparison.OrdinalIgnoreCase))
        {
            return 0.9;
        }

        var digits = said.IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? said : said[..digits];
        return
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 100
            ? value / 100
            : null;
    }
}
