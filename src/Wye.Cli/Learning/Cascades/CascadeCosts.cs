using System.Globalization;
using Wye.Learning.Cascades;

namespace Wye.Cli.Learning.Cascades;

/// <summary>What a cascade costs beside always going strong, in USD per call; the gate itself is free.</summary>
/// <param name="Weak">Mean cost of a weak call.</param>
/// <param name="Strong">Mean cost of a strong call.</param>
/// <param name="Cascade">Mean cost of a question: weak always, strong where it was refused.</param>
/// <param name="Escalated">Share that was refused.</param>
internal sealed record CascadeCosts(double Weak, double Strong, double Cascade, double Escalated)
{
    /// <summary>e* = 1 − c_w / c_s: with more escalations the cascade costs more than going strong.</summary>
    public double BreakEven => 1 - (Weak / Strong);

    /// <summary>Works it out; null = a cost is unknown.</summary>
    public static CascadeCosts? Of(
        AnsweredSet set,
        (string Weak, string Strong) pair,
        (double Weak, double Strong)? given,
        bool[] escalated
    )
    {
        (double weak, double strong, double cascade, int refused) = (0, 0, 0, 0);
        for (int i = 0; i < escalated.Length; i++)
        {
            double w = OfCall(set, i, pair.Weak, given?.Weak);
            double s = OfCall(set, i, pair.Strong, given?.Strong);
            weak += w;
            strong += s;
            cascade += w + (escalated[i] ? s : 0);
            refused += escalated[i] ? 1 : 0;
        }

        int n = escalated.Length;
        return double.IsNaN(weak + strong) || strong <= 0
            ? null
            : new CascadeCosts(weak / n, strong / n, cascade / n, (double)refused / n);
    }

    /// <summary>Cost of one call in USD; NaN = unknown.</summary>
    public static double OfCall(AnsweredSet set, int row, string model, double? given) =>
        given ?? set.Source.Cost(set.Rows[row], set.Source.IndexOf(model));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"at {Escalated:P0} escalated a question costs USD {Cascade:G3}, always strong USD {Strong:G3}; the cascade pays below {BreakEven:P1} escalated{(Escalated > BreakEven ? ": it does NOT pay here" : "")}"
        );
}
