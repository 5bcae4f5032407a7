using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Gates;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Primitives.Pooling;
using Wye.Primitives.Randomness;
using Wye.Routing.Plans;
using Wye.Sessions;

namespace Wye.Delivery.Walking;

/// <summary>One walk through one plan. Used by one flow, once.</summary>
internal sealed partial class DeliveryRun(
    DeploymentPicker picker,
    RetryBudget retries,
    Heartbeat? heartbeat,
    DeliveryOptions options,
    IRandomSource random,
    IGateKeeper? gates,
    DecisionCache? decisions,
    RoutePlan plan,
    WhyPath path,
    ILedgerWriter ledger
) : AttemptContext
{
    private const int NoNode = -1;

    private readonly List<Attempt> _attempts = new(capacity: 1);
    private AttemptBudget _budget = new(plan.Bounds);
    private AttemptCause _cause = AttemptCause.First;
    private AnswerShelf _shelf;
    private ChatError? _lastError;
    private int _restingNode = NoNode;
    private TimeSpan _restingFor;
    private bool _forced;

    // Of the node that is visited.
    private Deadline _nodeEnd;
    private int _firstCall;

    /// <summary>Whether the caller has got a head, by a heartbeat or by an answer that began: its status is spent.</summary>
    public bool HasOpened => heartbeat?.HasOpened == true || _attempts.Exists(attempt => attempt.Committed);

    /// <summary>Every call made, in order.</summary>
    public List<Attempt> Attempts => _attempts;

    /// <inheritdoc/>
    public override DeliveryHead HeadOf(Attempt? attempt) =>
        new()
        {
            Request = Request.Id,
            Route = plan.Route,
            Model = attempt?.Deployment.Model.Id,
            Deployment = attempt?.Deployment.Id,
            Why = path.Text(attempt?.Deployment.Id),
            Attempts = _budget.Calls,
            LoweredOutput = attempt?.MaxOutputTokens,
            Degraded = attempt is null ? null : DegradedBy(attempt),
            Overrun = _overrun,
            Dropped = attempt?.Dropped ?? [],
        };

    /// <inheritdoc/>
    public override DeliveryHead WaitingHead() =>
        new()
        {
            Request = Request.Id,
            Route = plan.Route,
            Why = new WhyPath(plan.Why).Text(answering: null),
            Attempts = _budget.Calls,
        };

    /// <inheritdoc/>
    public override ValueTask StopHeartbeatAsync() => heartbeat?.StopAsync() ?? default;

    /// <summary>Follows edges until an answer is there or nothing is left to try. Never throws.</summary>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public async ValueTask<Ending> WalkAsync()
    {
        try
        {
            var at = 0;
            while (true)
            {
                var calls = _budget.Calls;
                var visit = await EnterAsync(at);
                while (visit.Begun is { } attempt)
                {
                    await attempt.RunAsync(_nodeEnd);
                    visit = await LeaveAsync(at, attempt);
                }

                if (visit.Over is { } over)
                {
                    return over;
                }

                var target = PlanEdges.Next(plan.Nodes[at], visit.Event);
                if (target < 0)
                {
                    if (Finish(target, visit.Event) is { } ending)
                    {
                        return ending.Answer is { IsHeldStream: true } held
                            ? new Ending(held, await held.ReleaseAsync())
                            : ending;
                    }

                    // The panic rule: the last allowed target is tried even while it cools down, once.
                    (target, _forced) = (_restingNode, true);
                }

                NoteUnaffordable(at, visit.Event);
                SetCause(visit.Event.On, called: _budget.Calls > calls);
                at = target;
            }
        }
        catch (Exception exception)
        {
            // A foreign policy may throw; what was spent until then is still settled.
            Logger.WalkThrew(Request.Id, exception);
            return Broken();
        }
    }

    /// <summary>Closes every call that is still open.</summary>
    public ValueTask CloseAsync()
    {
        GivePermitBack();
        return _attempts.Count == 1 ? _attempts[0].CloseAsync() : CloseAllAsync();
    }

    private async ValueTask CloseAllAsync()
    {
        foreach (var attempt in _attempts)
        {
            await attempt.CloseAsync();
        }
    }

    /// <summary>Comes to a node: its first call, or why there is none.</summary>
    private ValueTask<Visit> EnterAsync(int at)
    {
        var node = plan.Nodes[at];
        _nodeEnd = node.TimeCap is { } cap ? Deadline.In(cap, Time) : Deadline.Never;
        _firstCall = _attempts.Count;
        if (Stopped() is { } stopped)
        {
            return new(
                stopped.Kind == FailureKind.CallerGone ? Visit.Left
                : AttemptErrors.IsStopping(stopped) ? Visit.Stopped
                : Follow(stopped)
            );
        }

        return _cause == AttemptCause.Fallback ? FallBackAsync(at, node) : FirstCallAsync(at, node);
    }

    private async ValueTask<Visit> FallBackAsync(int at, PlanNode node) =>
        await MayFallBackAsync(at, node)
            ? await FirstCallAsync(at, node)
            : Given() ?? Follow(_lastError ?? WalkErrors.CallsUsedUp);

    private ValueTask<Visit> FirstCallAsync(int at, PlanNode node) =>
        CallOf(node) is { } call
            ? CallAsync(PickFirst(at, node, call), node, at, call, failed: null)
            : new(Visit.Follow(new NodeEvent(EdgeEvent.Abstained, WalkErrors.GateRefused)));

    /// <summary>A call to the place that was picked, or to another one that can take it; or why there is none.</summary>
    /// <param name="pick">The place.</param>
    /// <param name="node">The node.</param>
    /// <param name="at">Its index.</param>
    /// <param name="call">What it sends.</param>
    /// <param name="failed">Why the node's last call failed; null = this is its first.</param>
    private ValueTask<Visit> CallAsync(Pick pick, PlanNode node, int at, NodeCall call, ChatError? failed)
    {
        if (PassOverUnfit(ref pick, node, call) is { } unfit)
        {
            GivePermitBack();
            return new(Follow(failed ?? unfit));
        }

        return pick.Deployment is null ? new(Follow(node, pick)) : OpenAsync(pick, node, at, call);
    }

    /// <summary>After a call: its answer is judged; of a failed one, the node's next call or what follows from it.</summary>
    private ValueTask<Visit> LeaveAsync(int at, Attempt attempt)
    {
        GivePermitBack();
        return attempt.Error is { } error ? RetryAsync(at, attempt, error)
            : attempt.Committed ? new(Visit.End(attempt))
            : JudgeAsync(plan.Nodes[at], attempt);
    }

    private async ValueTask<Visit> RetryAsync(int at, Attempt attempt, ChatError error)
    {
        await attempt.CloseAsync();
        if (attempt.Committed || error.Kind == FailureKind.CallerGone || AttemptErrors.IsStopping(error))
        {
            return Visit.End(attempt);
        }

        path.Failed(attempt.Deployment.Id, error);
        _lastError = error;
        var node = plan.Nodes[at];
        var pick = await PickAgainAsync(node, attempt.Call, error);
        if (pick.Deployment is null)
        {
            return Given() ?? Follow(error);
        }

        _cause = AttemptCause.Retry;
        return await CallAsync(pick, node, at, attempt.Call, failed: error);
    }

    /// <summary>Passes over places whose provider's format cannot carry the request: they are not called. Why, when no other is left.</summary>
    private ChatError? PassOverUnfit(ref Pick pick, PlanNode node, NodeCall call)
    {
        List<DeploymentId>? unfit = null;
        ChatError? why = null;
        while (pick.Deployment is { } deployment)
        {
            var model = Models.Open(deployment);
            if (model.RefusalOf(call.Request.Chat) is not { } refused)
            {
                pick = pick with { Model = model };
                return null;
            }

            why = refused;
            picker.GiveBack(pick);
            path.Step(deployment.Id, "cannot take the request");
            (unfit ??= []).Add(deployment.Id);
            pick = picker.Take(call.Request, node, PickMode.Any, called: default, without: unfit);
        }

        return why;
    }

    private Pick PickFirst(int at, PlanNode node, NodeCall call)
    {
        var force = _forced && at == _restingNode;
        var pick = picker.Take(
            call.Request,
            node,
            force ? PickMode.Forced : PickMode.Any,
            force ? Called(0) : default,
            path
        );
        if (force)
        {
            _restingNode = NoNode;
        }
        else if (pick.ForcedAfter is { } left)
        {
            NoteResting(at, left);
        }

        return pick;
    }

    /// <summary>The end an edge leads to; null = the panic rule has one more target.</summary>
    private Ending? Finish(int target, in NodeEvent happened)
    {
        var answer = target switch
        {
            PlanEnd.Deliver => _shelf.Last,
            PlanEnd.BestSoFar => _shelf.Best,
            _ => null,
        };
        if (answer is not null)
        {
            if (target == PlanEnd.BestSoFar)
            {
                path.Mark("best so far");
            }

            return new Ending(answer, Error: null);
        }

        if (MayForce(happened))
        {
            path.Mark("all others failed, cooldown ignored");
            return null;
        }

        // That a later target rests is less to the point than why an earlier one failed.
        var error = happened.Error is { Kind: not FailureKind.NoneAvailable } own ? own : _lastError ?? happened.Error;
        return new Ending(Answer: null, error ?? WalkErrors.GateRefused);
    }

    /// <summary>The end when a walk breaks off: an answer that has begun is marked as failed, never as whole.</summary>
    private Ending Broken() => new(_attempts.Find(attempt => attempt.Committed), WalkErrors.Unexpected);

    private bool MayForce(in NodeEvent happened) =>
        !_forced
        && _restingNode != NoNode
        && happened.On == EdgeEvent.Failed
        && FailureKindSet.General.Contains(happened.Error!.Kind)
        && _budget.Allows(_budget.Calls == 0 ? AttemptCause.First : AttemptCause.Fallback)
        && Total.Remaining(Time) > TimeSpan.Zero;

    private ChatError? Stopped() =>
        CallerGone.IsCancellationRequested ? WalkErrors.CallerGone
        : Request.Stopping.IsCancellationRequested ? WalkErrors.Stopping
        : Total.Remaining(Time) == TimeSpan.Zero ? WalkErrors.TotalTimeout
        : !_budget.Allows(_cause) ? _lastError ?? WalkErrors.CallsUsedUp
        : null;

    /// <summary>Nothing is called any more: the caller left or the gateway stops; null = the walk goes on.</summary>
    private Visit? Given() =>
        CallerGone.IsCancellationRequested ? Visit.Left
        : Request.Stopping.IsCancellationRequested ? Visit.Stopped
        : null;

    /// <summary>A node that would not be called needs no permit: its edge is followed, or the panic rule comes back to it.</summary>
    private ValueTask<bool> MayFallBackAsync(int at, PlanNode node)
    {
        var forced = _forced && at == _restingNode;
        return forced || picker.IsFree(node) ? TakePermitAsync(node, mayWait: !forced) : new(true);
    }

    private Visit Begin(in Pick pick, int at, NodeCall call)
    {
        var cause = CauseOf(plan.Nodes[at].Kind);
        _budget.Take(cause);
        if (pick.MaxOutputTokens is { } lowered)
        {
            path.Mark($"max_tokens lowered to {lowered}");
        }

        var attempt = new Attempt(this, call, pick, _budget.Calls, at, cause);
        _attempts.Add(attempt);
        return Visit.Run(attempt);
    }

    private AttemptCause CauseOf(CallKind kind) =>
        _cause is AttemptCause.Retry or AttemptCause.Fallback
            ? _cause
            : kind switch
            {
                CallKind.Classify => AttemptCause.Classify,
                CallKind.Judge => AttemptCause.Judge,
                CallKind.Sample => AttemptCause.Sample,
                _ => _cause,
            };

    private void NoteResting(int at, TimeSpan left)
    {
        if (_restingNode == NoNode || left < _restingFor)
        {
            (_restingNode, _restingFor) = (at, left);
        }
    }

    private void SetCause(EdgeEvent on, bool called)
    {
        if (_budget.Calls > 0 && called)
        {
            _cause = on switch
            {
                EdgeEvent.Failed => AttemptCause.Fallback,
                EdgeEvent.Refused or EdgeEvent.Abstained => AttemptCause.Escalation,
                _ => AttemptCause.Stage,
            };
        }
        else if (_cause == AttemptCause.Retry)
        {
            _cause = AttemptCause.Fallback;
        }
    }

    private ReadOnlySpan<Attempt?> Called(int from) => CollectionsMarshal.AsSpan(_attempts)[from..];

    private Visit Follow(PlanNode node, in Pick pick) =>
        pick.Unaffordable
            ? Visit.Follow(new NodeEvent(EdgeEvent.Unaffordable, WalkErrors.Unaffordable(node)))
            : Follow(WalkErrors.NoneAvailable(node, pick.RetryAfter));

    private static Visit Follow(ChatError error) => Visit.Follow(new NodeEvent(EdgeEvent.Failed, error));
}
