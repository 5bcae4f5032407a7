using System.Collections.Immutable;
using Wye.Chat;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing.Errors;
using Wye.Routing.Ladders;
using Wye.Routing.Plans;
using Wye.Routing.Selection;
using Wye.Routing.Shrinking;
using Wye.Sessions;
using Wye.Signals;

namespace Wye.Routing;

/// <summary>Decides: matches a request to a route, measures it, removes what cannot take it, and has a policy write the plan.</summary>
/// <remarks>Thread-safe; never waits. What follows from a snapshot alone is worked out once and kept while it is in use.</remarks>
/// <param name="signals">Measures.</param>
/// <param name="health">Live state of deployments.</param>
/// <param name="time">Clock of retirement, rules and compiled snapshots.</param>
/// <param name="sessions">Where conversations were answered; null = none is held.</param>
/// <param name="decisions">How requests were labelled; null = nothing is remembered.</param>
public sealed class Router(
    SignalExtractor signals,
    HealthRegistry health,
    TimeProvider time,
    SessionTable? sessions = null,
    DecisionCache? decisions = null
)
{
    private static readonly ExplicitPolicy Explicit = new();
    private volatile CompiledSnapshot? _compiled;

    /// <summary>Plans one request.</summary>
    /// <param name="request">What the caller asked.</param>
    /// <param name="snapshot">The moment's facts and routes.</param>
    /// <param name="key">The key it came with.</param>
    /// <param name="grant">What the key may use; null = everything.</param>
    /// <returns>
    /// A plan, or an error: <see cref="FailureKind.ModelNotFound"/> (no such name, or no model for this key),
    /// <see cref="FailureKind.ContextLength"/> or <see cref="FailureKind.BadRequest"/> (no model can take the request),
    /// <see cref="FailureKind.BudgetExceeded"/> (only the cost cap is in the way), <see cref="FailureKind.NoneAvailable"/>.
    /// </returns>
    public RoutingResult Plan(ChatRequest request, RoutingSnapshot snapshot, KeyId key, RoutingGrant? grant = null) =>
        Plan(request, snapshot, key, grant, default);

    /// <summary>The same, with what was waited for before, and explained if wanted.</summary>
    internal RoutingResult Plan(
        ChatRequest request,
        RoutingSnapshot snapshot,
        KeyId key,
        RoutingGrant? grant,
        PlanAids aids
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(snapshot);
        var now = time.GetUtcNow();
        var compiled = CompiledFor(snapshot, DateOnly.FromDateTime(now.UtcDateTime));
        var embeds = (request.Features & ChatFeatures.Embedding) != ChatFeatures.None;
        var asked = request.RequestedModel;
        if ((embeds ? compiled.FindEmbedding(asked) : compiled.Find(asked)) is not { } route)
        {
            var other = embeds ? compiled.Find(asked) : compiled.FindEmbedding(asked);
            var error = other is null
                ? RoutingErrors.UnknownModel(asked, embeds ? compiled.EmbeddingNames : compiled.Names)
                : RoutingErrors.OtherKind(asked, embeds, compiled.EmbeddingNames);
            return Refused(error, null, []);
        }

        grant ??= RoutingGrant.All;
        if (grant.Names?.Contains(request.RequestedModel) == false)
        {
            return Refused(RoutingErrors.NotForKey(request.RequestedModel, grant.Names), null, []);
        }

        var cutDirective = request.Directive is not null && route.Route.AllowModelDirective;
        if (cutDirective)
        {
            if (compiled.Find(request.Directive!.Model) is not { } named)
            {
                return Refused(RoutingErrors.UnknownModel(request.Directive.Model, compiled.Names), null, []);
            }

            if (grant.Names?.Contains(request.Directive.Model) == false)
            {
                return Refused(RoutingErrors.NotForKey(request.Directive.Model, grant.Names), null, []);
            }

            if (IsAllOfTheTurn(request))
            {
                return Refused(RoutingErrors.NothingAsked(request.Directive.Model), null, []);
            }

            route = named;
        }

        var measured = signals.Extract(request);
        var demand = Demand.Of(request, measured, route.Route, grant, route.Asked);
        var features = route.With(FeatureDemand.Of(request));
        var set = CandidateShrinker.Shrink(route, features, demand);
        if (set.Selectable.IsEmpty)
        {
            return Refused(RoutingErrors.NothingLeft(set.Removals, route, features), measured, set.Removals);
        }

        var context = new SelectionContext
        {
            Request = request,
            Signals = measured,
            Route = route.Route,
            Snapshot = snapshot,
            Candidates = set.Selectable,
            Removals = set.Removals,
            Health = health,
            Asked = route.Asked,
            CutDirective = cutDirective,
            Key = key,
            Now = ReferenceEquals(snapshot.TimeZone, TimeZoneInfo.Utc)
                ? now
                : TimeZoneInfo.ConvertTime(now, snapshot.TimeZone),
            Budgeted = grant.Budgeted || grant.BudgetFraction < 1,
            BudgetFraction = grant.BudgetFraction,
            PacedFraction = grant.PacedFraction,
            Session = route.Route.Sticky ? TurnOf(request, key) : null,
            Prepared = aids.Prepared,
            Trace = aids.Explain ? new DecisionTrace() : null,
            Set = set,
            Decisions = decisions,
        };
        var plan = LadderStep.Plan(context, static asked => Ask(asked, asked.Set!.All));
        return new RoutingResult
        {
            Plan = plan,
            Signals = measured,
            Candidates = set.All,
            Removals = plan.Removals.Length > set.Removals.Length ? plan.Removals : set.Removals,
            Cheapest = set.Cheapest,
            Previous =
                route.Route.PreviousPolicies.IsEmpty || context.Asked is not null
                    ? null
                    : Ask(context, route.Route.PreviousPolicies, set.All),
            Trace = context.Trace is { Router: null, Abstained: null } ? null : context.Trace,
        };
    }

    // Whether the last user message is the line and nothing else. Other media are not told apart by message: any counts.
    private static bool IsAllOfTheTurn(ChatRequest request)
    {
        const ChatFeatures Media = ChatFeatures.Images | ChatFeatures.Files | ChatFeatures.Audio;
        if ((request.Features & Media) != ChatFeatures.None)
        {
            return false;
        }

        var turn = request.Texts.LastOrDefault(text => text.Role == ChatRole.User).Message;
        var lineSeen = false;
        foreach (var text in request.Texts.Where(text => text.Message == turn))
        {
            var rest = text.Utf8.Span;
            if (!lineSeen && text.Role == ChatRole.User)
            {
                lineSeen = true;
                var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
                rest = end < 0 ? [] : rest[end..];
            }

            if (!rest.Trim(" \t\r\n"u8).IsEmpty)
            {
                return false;
            }
        }

        return lineSeen;
    }

    private SessionTurn? TurnOf(ChatRequest request, KeyId key)
    {
        if (sessions is null)
        {
            return null;
        }

        var session = Conversation.Of(request, key, out var continues);
        var known = continues ? sessions.Find(session) : null;
        return new SessionTurn(session)
        {
            Known = known,
            LowerWanted = known?.LowerWanted ?? 0,
            Descents = known?.Descents ?? 0,
        };
    }

    private static RoutePlan Ask(SelectionContext context, ImmutableArray<Candidate> allowed)
    {
        // Whoever names a model gets it: no other policy is asked.
        if (context.Asked is not null && Explicit.Select(context) is { } asked)
        {
            return asked;
        }

        return Ask(context, context.Route.Policies, allowed);
    }

    private static RoutePlan Ask(
        SelectionContext context,
        ImmutableArray<ISelectionPolicy> policies,
        ImmutableArray<Candidate> allowed
    )
    {
        var note = "";
        foreach (var policy in policies)
        {
            RoutePlan? plan;
            try
            {
                plan = policy.Select(context);
            }
            catch (Exception)
            {
                // A policy that fails must not fail the request; why shows it.
                note = $" ({policy.Name} failed)";
                continue;
            }

            if (plan is null)
            {
                continue;
            }

            if (RoutePlanValidator.FirstProblem(plan, allowed) is null)
            {
                // A plan written by hand knows of no conversation.
                return Noted(
                    plan.Session is null && context.Session is { } turn ? plan with { Session = turn } : plan,
                    context.Note
                );
            }

            note = $" ({policy.Name} wrote an invalid plan)";
        }

        return Noted(StaticPolicy.Select(context, "default", note), context.Note);
    }

    // Who could not decide is named beside who did.
    private static RoutePlan Noted(RoutePlan plan, string? note) =>
        note is null ? plan : plan with { Why = WhyLine.Clean($"{plan.Why}; {note}") };

    private CompiledSnapshot CompiledFor(RoutingSnapshot snapshot, DateOnly today)
    {
        var compiled = _compiled;
        if (compiled is null || !ReferenceEquals(compiled.Snapshot, snapshot) || compiled.Today != today)
        {
            compiled = new CompiledSnapshot(snapshot, today, health);
            _compiled = compiled;
        }

        return compiled;
    }

    private static RoutingResult Refused(ChatError error, SignalSet? measured, ImmutableArray<Removal> removals) =>
        new()
        {
            Error = error,
            Signals = measured,
            Candidates = [],
            Removals = removals,
        };
}
