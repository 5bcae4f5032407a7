using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing.Fallbacks;
using Wye.Routing.Ladders;
using Wye.Routing.Plans;
using Wye.Routing.Selection;
using Wye.Routing.Shrinking;
using Wye.Sessions;

namespace Wye.Routing;

/// <summary>Writes the plan most policies want: one answer node, then its fallbacks behind <c>failed</c> edges. Thread-safe.</summary>
public static class PlanWriter
{
    /// <summary>Longest <see cref="RoutePlan.Why"/>, in characters.</summary>
    public const int MaxWhy = 200;

    // Edges to the next node, by the index of the node they leave.
    private static readonly ImmutableArray<PlanEdge>[] NextEdges =
    [
        .. Enumerable
            .Range(1, PlanDefaults.MaxNodes)
            .Select(next =>
                ImmutableArray.Create(new PlanEdge(EdgeEvent.Failed, next) { Failures = FailureKindSet.General })
            ),
    ];

    /// <summary>A plan that answers with <paramref name="first"/> and falls back as the route says.</summary>
    /// <remarks>
    /// Fallbacks: the route's, else the other models of the tier cheapest first, then of the tiers above from the nearest,
    /// then of those below. At most <see cref="PlanBounds.MaxFailureAttempts"/> nodes, and behind them those that only a prompt
    /// too long or refused by a content policy leads to, and those that a budget or a cost cap leads down to.
    /// </remarks>
    /// <param name="context">What is decided upon.</param>
    /// <param name="first">One of its candidates.</param>
    /// <param name="policy">Name of the policy that chose.</param>
    /// <param name="why">One short line; what is not printable ASCII becomes <c>?</c>, what is longer than 200 characters is cut.</param>
    /// <exception cref="ArgumentException"><paramref name="first"/> is no candidate of the context.</exception>
    public static RoutePlan Answer(SelectionContext context, Candidate first, string policy, string why)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(first);
        return Answer(context, new HeldChoice(first, null, context.Session), policy, why);
    }

    /// <summary>
    /// A plan that answers with the cheapest candidate of a tier, unless the conversation is better left with the model it has:
    /// leaving it must save twice the cache reads that are lost, and a mere guess must be repeated before it leads to a cheaper
    /// model. A stronger tier that is wanted is always followed.
    /// </summary>
    /// <param name="context">What is decided upon.</param>
    /// <param name="wanted">The tier the policy wants.</param>
    /// <param name="demanded">Whether the caller or the route demands the tier; false = the policy guesses it.</param>
    /// <param name="policy">Name of the policy that chose.</param>
    /// <param name="why">As for <see cref="Answer(SelectionContext, Candidate, string, string)"/>.</param>
    public static RoutePlan AnswerFromTier(
        SelectionContext context,
        Tier wanted,
        bool demanded,
        string policy,
        string why
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(wanted);
        return Answer(context, SessionHold.Choose(context, wanted, demanded), policy, why);
    }

    /// <summary>The same, with what the conversation had to do with the choice.</summary>
    internal static RoutePlan Answer(
        SelectionContext context,
        in HeldChoice choice,
        string policy,
        string why,
        int? expectedOutput = null,
        QualityExpectation? expected = null
    )
    {
        var first = choice.Candidate;
        var set = context.Set ?? Alone(context);
        var index = IndexOf(set.All, first);
        if (index < 0)
        {
            throw new ArgumentException($"'{first.Model.Id}' is no candidate of this request.", nameof(choice));
        }

        return Plan(
            context,
            set,
            Chain(context, set, index),
            policy,
            With(why, choice.Note),
            choice.Session,
            expectedOutput,
            expected
        );
    }

    /// <summary>A plan over nodes that a policy has written itself, over candidates of the context only.</summary>
    internal static RoutePlan Write(SelectionContext context, PlanNode[] nodes, string policy, string why) =>
        Plan(context, context.Set ?? Alone(context), nodes, policy, why, context.Session);

    private static RoutePlan Plan(
        SelectionContext context,
        CandidateSet set,
        PlanNode[] nodes,
        string policy,
        string why,
        SessionTurn? session,
        int? expectedOutput = null,
        QualityExpectation? expected = null
    ) =>
        new()
        {
            Route = context.Route.Name,
            Nodes = ImmutableCollectionsMarshal.AsImmutableArray(nodes),
            Policy = policy,
            Why = WhyLine.Clean(With(why, set.Note)),
            Removals = context.Removals,
            Strong = set.Strong,
            Bounds = context.Route.Bounds,
            StepKind = context.Signals.StepKind,
            CutDirective = context.CutDirective,
            Balancing = context.Route.Balancing,
            ExpectedOutput = expectedOutput ?? ExpectedOutput.Tokens(context.Signals, context.Request),
            Expected = expected,
            Session = session,
        };

    private static string With(string why, string? note) => note is null ? why : $"{why}; {note}";

    private static CandidateSet Alone(SelectionContext context)
    {
        Candidate? strong = null;
        foreach (var candidate in context.Candidates)
        {
            if (
                strong is null
                || candidate.Tier.Rank > strong.Tier.Rank
                || (
                    candidate.Tier.Rank == strong.Tier.Rank
                    && (candidate.ExpectedCost ?? Usd.Zero) > (strong.ExpectedCost ?? Usd.Zero)
                )
            )
            {
                strong = candidate;
            }
        }

        return new CandidateSet(context.Candidates, context.Candidates, context.Removals, strong?.Model, null);
    }

    private static int IndexOf(ImmutableArray<Candidate> all, Candidate wanted)
    {
        for (var i = 0; i < all.Length; i++)
        {
            if (ReferenceEquals(all[i], wanted))
            {
                return i;
            }
        }

        return -1;
    }

    private static PlanNode[] Chain(SelectionContext context, CandidateSet set, int first)
    {
        var cap = FallbackOrder.Least(context.Request.Hints.MaxCost, context.Route.MaxCost);
        var descends = (context.Budgeted || cap is not null) && Descent.IsAllowed(context);
        if (cap is null && set.ChainFrom(first, descends) is { } kept)
        {
            return kept;
        }

        var bounds = context.Route.Bounds;
        var most = Math.Min(Math.Min(bounds.MaxFailureAttempts, bounds.MaxUpstreamCalls), PlanDefaults.MaxNodes);
        var order = FallbackOrder.From(set.All, first, context.Route);
        var chain = Math.Min(order.Count, Math.Max(1, most));
        var list = new List<PlanNode>(chain);
        for (var i = 0; i < chain; i++)
        {
            list.Add(
                new PlanNode
                {
                    Model = order[i].Model,
                    Deployments = order[i].Deployments,
                    ExpectedCost = order[i].ExpectedCost,
                    CostCap = cap,
                    Edges = i + 1 < chain ? NextEdges[i] : [],
                }
            );
        }

        SpecialFallbacks.Add(list, order, context.Route, set.All, cap);
        if (descends)
        {
            Descent.Add(list, chain, set.Selectable, cap, bounds);
        }

        var nodes = list.ToArray();

        if (cap is null)
        {
            set.KeepChain(first, descends, nodes);
        }

        return nodes;
    }
}
