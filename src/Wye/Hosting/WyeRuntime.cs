using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Hosting.Callers;
using Wye.Hosting.Configuration.Resolving;
using Wye.Hosting.Telemetry;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Primitives.Pooling;
using Wye.Quality.Estimates;
using Wye.Routing;

namespace Wye.Hosting;

/// <summary>The way of a request, once: plan, deliver, settle. Every face (HTTP, library, command line) calls this. Thread-safe.</summary>
public sealed class WyeRuntime(
    Router router,
    ChatDelivery delivery,
    SnapshotStore snapshots,
    DialectRegistry dialects,
    TimeProvider time,
    IBudgetKeeper? budgets = null,
    FeedbackDesk? feedback = null
)
{
    private readonly FrozenDictionary<DialectId, Func<ChatError, int>> _statusOf = dialects
        .All.OfType<ICallerDialect>()
        .ToFrozenDictionary(dialect => dialect.Id, dialect => (Func<ChatError, int>)dialect.StatusOf);

    private readonly KeyGrants _grants = new();

    /// <summary>What is in force now; whoever reads it takes it once per request.</summary>
    public WyeSnapshot Snapshot => snapshots.Current;

    /// <summary>Decides only: nothing is called, nothing is recorded.</summary>
    /// <param name="request">What would be asked.</param>
    /// <param name="key">The key it came with.</param>
    /// <param name="snapshot">The version to decide by; null = the one in force.</param>
    /// <param name="access">What that key is bound to; null = nothing.</param>
    public RoutingResult Route(
        ChatRequest request,
        KeyId key,
        WyeSnapshot? snapshot = null,
        CallerAccess? access = null
    )
    {
        var version = snapshot ?? Snapshot;
        var spender = Spenders.Of(request, key, version.Routing, access);
        return router.Plan(request, version.Routing, key, GrantOf(spender, version, access));
    }

    /// <summary>What a key may ask for and be answered by, in the version in force.</summary>
    internal RoutingGrant GrantOf(CallerAccess? access, RoutingSnapshot routing) =>
        access is null ? RoutingGrant.All : _grants.Of(access.Key, routing);

    /// <summary>The same after what the estimators wait for, with the explanation of what was learned.</summary>
    internal async ValueTask<RoutingResult> ExplainAsync(
        ChatRequest request,
        KeyId key,
        WyeSnapshot? snapshot,
        CallerAccess? access,
        CancellationToken cancellationToken
    )
    {
        var version = snapshot ?? Snapshot;
        var routing = version.Routing;
        var prepared = await PrepareAsync(request, routing, cancellationToken);
        return router.Plan(
            request,
            routing,
            key,
            GrantOf(Spenders.Of(request, key, routing, access), version, access),
            new PlanAids { Prepared = prepared, Explain = true }
        );
    }

    /// <summary>Judges an answer that was given; the judgement corrects what the learned router expects of the model.</summary>
    /// <param name="request">Id of the request, as its answer named it.</param>
    /// <param name="score">How good the answer was, 0..1.</param>
    /// <param name="comment">What the judge says of it, at most 1,000 characters; null = nothing.</param>
    /// <param name="by">The key of who judges: a request made with another one is unknown to it; null = any request.</param>
    /// <param name="cancellationToken">Stops it before it is kept.</param>
    /// <exception cref="ArgumentException">The score or the comment is out of bounds.</exception>
    /// <exception cref="InvalidOperationException">This runtime was made without a feedback desk; <c>AddWye</c> adds one.</exception>
    /// <exception cref="Wye.Ledger.LedgerUnavailableException">Nothing was kept: the store cannot be read or written now.</exception>
    public Task<FeedbackResult> GiveFeedbackAsync(
        RequestId request,
        double score,
        string? comment = null,
        KeyId? by = null,
        CancellationToken cancellationToken = default
    ) =>
        feedback?.JudgeAsync(request, score, comment, by, cancellationToken)
        ?? throw new InvalidOperationException("This runtime takes no feedback. Add Wye with AddWye.");

    private ValueTask<PreparedPrompt?> PrepareAsync(
        ChatRequest request,
        RoutingSnapshot routing,
        CancellationToken cancellationToken
    ) =>
        routing.Learned is not { } learned ? default
        : learned.Outcomes is not null && feedback is { IsReady: false }
            ? ReadAndPrepareAsync(feedback, learned, request, routing, cancellationToken)
        : learned.PrepareAsync(request, routing, cancellationToken);

    // Once per process: what was judged before it began.
    private static async ValueTask<PreparedPrompt?> ReadAndPrepareAsync(
        FeedbackDesk feedback,
        LearnedRouting learned,
        ChatRequest request,
        RoutingSnapshot routing,
        CancellationToken cancellationToken
    )
    {
        await feedback.TryReadAsync(cancellationToken);
        return await learned.PrepareAsync(request, routing, cancellationToken);
    }

    // What is left of the budgets goes with it, so that the route's ladder can be taken down.
    private RoutingGrant GrantOf(BudgetSubject spender, WyeSnapshot version, CallerAccess? access)
    {
        var grant = GrantOf(access, version.Routing);
        if (budgets is null || (version.Budgets.All.IsEmpty && spender.Own.IsEmpty))
        {
            return grant;
        }

        var (left, paced) = BudgetPressure.Of(budgets, version.Budgets, spender, time.GetUtcNow());
        return grant with { Budgeted = true, BudgetFraction = left, PacedFraction = paced };
    }

    /// <summary>Decides, delivers to <paramref name="sink"/> and settles.</summary>
    /// <param name="arrival">When and as what the request came in.</param>
    /// <param name="request">The request; stays the caller's to dispose.</param>
    /// <param name="key">The key it came with.</param>
    /// <param name="sink">The caller's side; exactly one of its ends is called.</param>
    /// <param name="callerGone">Cancelled when the caller leaves.</param>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public async ValueTask<Outcome> ChatAsync(
        RequestArrival arrival,
        ChatRequest request,
        KeyId key,
        IDeliverySink sink,
        CancellationToken callerGone
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Call = arrival.Id;
        using var span = RequestSpan.Start(arrival, request.Dialect);
        var started = time.GetTimestamp();
        // Taken once: facts, prices, routes and (through the deployments of the plan) endpoints are of one version.
        var snapshot = arrival.Snapshot ?? Snapshot;
        var routing = snapshot.Routing;
        var prepared = await PrepareAsync(request, routing, callerGone);
        var spender = Spenders.Of(request, key, routing, arrival.Access);
        var decision = router.Plan(
            request,
            routing,
            key,
            GrantOf(spender, snapshot, arrival.Access),
            new PlanAids { Prepared = prepared, Explain = request.Hints.Explain }
        );
        request.PromptTokens = decision.Signals?.PromptTokens ?? 0;
        if (decision.IsPlanned && TokenLimit(arrival.Access, decision) is { } limited)
        {
            decision = decision with { Plan = null, Error = limited };
        }

        var elapsed = time.GetElapsedTime(started).TotalMicroseconds;
        arrival.Decided?.Invoke(decision);
        var outcome = decision.IsPlanned
            ? await delivery.DeliverAsync(
                Order(arrival, request, key, decision, snapshot, spender, elapsed),
                sink,
                callerGone
            )
            : await delivery.RejectAsync(Rejected(arrival, request, key, decision, elapsed), sink, callerGone);
        arrival.Access?.Settle(outcome.Record.Request.Usage);
        RequestSpan.Describe(span, outcome);
        return outcome;
    }

    private static ChatError? TokenLimit(CallerAccess? access, in RoutingResult decision) =>
        access?.Lease is { } lease
        && !lease.TryTake((long)decision.Signals!.PromptTokens + decision.Plan!.ExpectedOutput, out var refusal)
            ? LimitErrors.Of(access.Key, refusal)
            : null;

    private DeliveryRequest Order(
        RequestArrival arrival,
        ChatRequest request,
        KeyId key,
        in RoutingResult decision,
        WyeSnapshot snapshot,
        BudgetSubject spender,
        double decisionMicroseconds
    ) =>
        new()
        {
            Id = arrival.Id,
            Chat = request,
            Plan = decision.Plan!,
            Key = key,
            ArrivedAt = arrival.At,
            ArrivedTimestamp = arrival.Timestamp,
            DecisionMicroseconds = decisionMicroseconds,
            QueryLength = decision.Signals!.QueryLength,
            PromptTokens = decision.Signals.PromptTokens,
            PromptTokenBound = decision.Signals.PromptTokenBound,
            Stopping = arrival.Stopping,
            Catalog = snapshot.Routing.Catalog,
            Cheapest = decision.Cheapest,
            PreviousPolicy = decision.Previous?.Policy,
            PreviousModel = decision.Previous?.Nodes[0].Model,
            // A /model line may have led to another route than the one asked for.
            Spender = decision.Plan!.Route == spender.Route ? spender : spender with { Route = decision.Plan.Route },
            Budgets = snapshot.Budgets,
            Gates = snapshot.Gates,
            StatusOf = _statusOf.GetValueOrDefault(request.Dialect),
        };

    private RejectedRequest Rejected(
        RequestArrival arrival,
        ChatRequest request,
        KeyId key,
        in RoutingResult decision,
        double decisionMicroseconds
    ) =>
        new()
        {
            Id = arrival.Id,
            Chat = request,
            Error = decision.Error!,
            Route = new RouteName(request.RequestedModel),
            Key = key,
            ArrivedAt = arrival.At,
            ArrivedTimestamp = arrival.Timestamp,
            DecisionMicroseconds = decisionMicroseconds,
            QueryLength = decision.Signals?.QueryLength ?? 0,
            StepKind = decision.Signals?.StepKind ?? StepKind.Chat,
            StatusOf = _statusOf.GetValueOrDefault(request.Dialect),
        };
}
