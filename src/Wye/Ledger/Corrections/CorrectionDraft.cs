using Wye.Primitives;

namespace Wye.Ledger.Corrections;

/// <summary>What whoever corrects says.</summary>
/// <param name="Id">Id of the correction; unique.</param>
/// <param name="At">When it is made.</param>
/// <param name="Amount">What it cost more than the ledger said; negative = less; not zero.</param>
/// <param name="By">Who makes it, 1..128 characters, no control characters.</param>
/// <param name="Why">Why, 1..500 characters, no control characters.</param>
public sealed record CorrectionDraft(string Id, DateTimeOffset At, Usd Amount, string By, string Why)
{
    private const int MostBy = 128;
    private const int MostWhy = 500;

    internal static void Check(CorrectionDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Amount == Usd.Zero)
        {
            throw new ArgumentException("A correction of nothing corrects nothing.", nameof(draft));
        }

        Text(draft.By, MostBy, "who makes a correction");
        Text(draft.Why, MostWhy, "why it is made");
    }

    private static void Text(string text, int most, string what)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > most || text.Any(char.IsControl))
        {
            throw new ArgumentException(
                $"The ledger wants to know {what}: 1 to {most} characters, one line.",
                nameof(text)
            );
        }
    }
}
