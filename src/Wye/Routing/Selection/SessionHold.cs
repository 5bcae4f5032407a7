using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Sessions;

namespace Wye.Routing.Selection;

/// <summary>Whether a conversation leaves its model for the one a policy would take for a new request.</summary>
/// <remarks>
/// A stronger tier that is wanted is always followed. Anything else must save, on this request and at full prices, more than
/// <see cref="Factor"/> times the cache reads that are lost. Where the tier is only guessed (difficulty, inferred step kind) it
/// must besides be wanted for <see cref="Patience"/> turns in a row, and each descent doubles that: so the changes of a
/// conversation grow with the logarithm of its length. A tier that the caller or the route demands needs no patience.
/// </remarks>
internal static class SessionHold
{
    /// <summary>How many times the lost cache reads a switch must save.</summary>
    public const int Factor = 2;

    /// <summary>Turns in a row that must want another model before the first descent.</summary>
    public const int Patience = 3;

    private const int MostDoublings = 10;

    public static HeldChoice Choose(SelectionContext context, Tier wanted, bool demanded) =>
        Choose(context, TierChoice.Cheapest(context.Candidates, wanted), climbs: false, demanded);

    /// <summary>The same for a candidate that a policy proposes.</summary>
    /// <param name="context">What is decided upon.</param>
    /// <param name="proposed">Whom the policy would take for a new request.</param>
    /// <param name="climbs">Whether the model is wanted for its quality, so that it is followed though its tier is not above.</param>
    /// <param name="demanded">Whether the caller or the route demands it.</param>
    public static HeldChoice Choose(SelectionContext context, Candidate proposed, bool climbs, bool demanded)
    {
        if (context.Session is not { Known: { } known } turn || Find(context.Candidates, known.Model) is not { } held)
        {
            return new HeldChoice(proposed, null, context.Session);
        }

        if (ReferenceEquals(held, proposed))
        {
            return new HeldChoice(held, null, turn.LowerWanted == 0 ? turn : turn with { LowerWanted = 0 });
        }

        var loss = SwitchCost.Of(held, known, context.Signals.PromptTokens);
        var higher = proposed.Tier.Rank > held.Tier.Rank;
        if (higher || climbs)
        {
            return new HeldChoice(
                proposed,
                $"leaves {held.Model.Id} for a stronger {(higher ? "tier" : "model")}{Losing(loss)}",
                turn with
                {
                    LowerWanted = 0,
                }
            );
        }

        return Leaves(proposed, held, loss, turn, demanded, out var next)
            ? new HeldChoice(
                proposed,
                $"leaves {held.Model.Id}: saves {Dollars(Saving(held, proposed))}{Losing(loss)}",
                next
            )
            : new HeldChoice(held, Staying(held, loss), next);
    }

    private static bool Leaves(
        Candidate proposed,
        Candidate held,
        Usd loss,
        SessionTurn turn,
        bool demanded,
        out SessionTurn next
    )
    {
        var patience = Patience << Math.Min(turn.Descents, MostDoublings);
        var wanted = Math.Min(turn.LowerWanted + 1, patience);
        next = turn with { LowerWanted = wanted };
        var pays =
            Saving(held, proposed) is { } saving && (Int128)saving.PicoDollars > (Int128)loss.PicoDollars * Factor;
        if (!pays || (!demanded && wanted < patience))
        {
            return false;
        }

        next = turn with { LowerWanted = 0, Descents = demanded ? turn.Descents : turn.Descents + 1 };
        return true;
    }

    private static Candidate? Find(ImmutableArray<Candidate> candidates, ModelId model)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Model.Id == model)
            {
                return candidate;
            }
        }

        return null;
    }

    private static Usd? Saving(Candidate held, Candidate proposed) =>
        held.ExpectedCost is { } here && proposed.ExpectedCost is { } there ? here - there : null;

    private static string Staying(Candidate held, Usd loss) =>
        loss > Usd.Zero
            ? $"stays with {held.Model.Id}: switch would lose {Dollars(loss)} of cache"
            : $"stays with {held.Model.Id}";

    private static string Losing(Usd loss) => loss > Usd.Zero ? $", loses {Dollars(loss)} of cache" : "";

    private static string Dollars(Usd? amount) =>
        string.Create(CultureInfo.InvariantCulture, $"${amount?.ToDollars() ?? 0:0.0000##}");
}
