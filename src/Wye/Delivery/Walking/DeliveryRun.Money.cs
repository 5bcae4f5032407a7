using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Wye.Catalog;
using Wye.Delivery.Attempts;
using Wye.Delivery.Attempts.Metering;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Primitives.Pooling;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    private static readonly Usd Most = new(long.MaxValue);

    private ImmutableArray<BudgetShare> _shares = [];
    private string[] _overrun = [];
    private BudgetSubject? _spender;
    private int _told;
    private PlanNode? _unaffordable;

    /// <summary>Whether openings were asked for, so that intents may stand in the ledger.</summary>
    public bool HasIntents { get; private set; }

    /// <summary>Whether the ledger could not take an opening: nobody waits for it a second time.</summary>
    public bool LedgerFailed { get; private set; }

    /// <summary>Writes the intent of a call and reserves what it may cost; goes on to dearer or cheaper places of the node.</summary>
    private ValueTask<Visit> OpenAsync(Pick pick, PlanNode node, int at, NodeCall call)
    {
        _shares = SharesOf(pick.Deployment!);
        return _shares.IsEmpty && !ledger.WritesIntents
            ? new(Begin(pick, at, call))
            : OpenSlowlyAsync(pick, node, at, call);
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private async ValueTask<Visit> OpenSlowlyAsync(Pick pick, PlanNode node, int at, NodeCall call)
    {
        List<DeploymentId>? dear = null;
        while (true)
        {
            Visit refused;
            if (pick.Deployment!.Price is null && HardBudget() is { } budget)
            {
                refused = Unaffordable(WalkErrors.Unpriced(pick.Deployment, budget));
            }
            else
            {
                var step = new OpeningStep(IntentOf(pick, at, call), _shares, Ended());
                HasIntents = true;
                try
                {
                    await ledger.OpenAsync(step);
                }
                catch (Exception exception)
                {
                    picker.GiveBack(pick);
                    return Unrecorded(exception);
                }

                if (Told(step.Outcome!) is not { } refusal)
                {
                    var most = step.Outcome!.OutputTokens;
                    return Begin(most is null ? pick : pick with { MaxOutputTokens = most }, at, call);
                }

                refused = Unaffordable(WalkErrors.OverBudget(refusal));
            }

            // Another deployment of the node may be cheaper, or spend from another budget.
            picker.GiveBack(pick);
            path.Step(pick.Deployment.Id, "over budget");
            (dear ??= []).Add(pick.Deployment.Id);
            pick = picker.Take(call.Request, node, PickMode.Any, called: default, without: dear);
            if (pick.Deployment is null)
            {
                return refused;
            }

            _shares = SharesOf(pick.Deployment);
        }
    }

    private Visit Unrecorded(Exception exception)
    {
        Logger.LedgerUnavailable(Request.Id, exception);
        LedgerFailed = true;
        return Visit.Fail(HardBudget() is null ? WalkErrors.LedgerBefore : WalkErrors.BudgetStore);
    }

    /// <summary>Notes what the ledger decided; the refusal, if it is one.</summary>
    private BudgetRefusal? Told(Reservation outcome)
    {
        _told = _attempts.Count;
        if (outcome.Refusal is null && !outcome.Overrun.IsEmpty)
        {
            _overrun = [.. _overrun.Union(outcome.Overrun, StringComparer.Ordinal)];
        }

        return outcome.Refusal;
    }

    private CallIntent IntentOf(in Pick pick, int at, NodeCall call)
    {
        var deployment = pick.Deployment!;
        return new CallIntent
        {
            Request = Request.Id,
            Number = _budget.Calls + 1,
            At = Time.GetUtcNow(),
            Key = Request.Key,
            Route = plan.Route,
            RequestedModel = Settlement.Short(Request.Chat.RequestedModel),
            Run = Request.Chat.Hints.Run,
            Stream = call.Request.Chat.Stream,
            Node = at,
            Cause = Attempt.CauseNames[(int)CauseOf(plan.Nodes[at].Kind)],
            Model = deployment.Model.Id,
            Deployment = deployment.Id,
            Price = deployment.Price?.Facts,
            Bound = CostBound.Of(deployment, call.Request, pick.MaxOutputTokens, options.LeastLoweredOutput),
        };
    }

    /// <summary>Calls that have ended since the last opening: their reservations shrink to what they cost.</summary>
    private ImmutableArray<EndedCall> Ended()
    {
        if (_told == _attempts.Count)
        {
            return [];
        }

        var ended = ImmutableArray.CreateBuilder<EndedCall>(_attempts.Count - _told);
        for (var i = _told; i < _attempts.Count; i++)
        {
            var attempt = _attempts[i];
            ended.Add(new(attempt.Number, attempt.Cost ?? Usd.Zero, attempt.Metered.Estimated));
        }

        return ended.MoveToImmutable();
    }

    /// <summary>The first answer that was left for money is the one that the caller would have got.</summary>
    private void NoteUnaffordable(int at, in NodeEvent happened)
    {
        if (happened.On == EdgeEvent.Unaffordable && plan.Nodes[at].Kind == CallKind.Answer)
        {
            _unaffordable ??= plan.Nodes[at];
        }
    }

    /// <summary>What money replaced: a tier on the route's ladder, else a model that did not fit by a cheaper one.</summary>
    private string? DegradedBy(Attempt answer) =>
        _unaffordable is { } wanted && plan.Nodes[answer.Node].ExpectedCost < (wanted.ExpectedCost ?? Most)
            ? $"{wanted.Model.Id} -> {answer.Deployment.Model.Id}"
            : plan.Degraded;

    private ImmutableArray<BudgetShare> SharesOf(Deployment deployment)
    {
        var spender = Request.Spender;
        if (Request.Budgets.All.IsEmpty && (spender is null || spender.Own.IsEmpty))
        {
            return [];
        }

        _spender ??= spender ?? SpenderOf();
        // As many as there are budgets, but for one of several tags.
        var most = Request.Budgets.All.Length + _spender.Own.Length;
        var shares = ImmutableArray.CreateBuilder<BudgetShare>(most);
        Request.Budgets.Find(_spender, deployment.Model.Id, deployment.Provider.Id, shares);
        return shares.DrainToImmutable();
    }

    private BudgetSubject SpenderOf() =>
        new()
        {
            Key = Request.Key,
            Route = plan.Route,
            Tags = Request.Chat.Hints.Tags,
            User = Request.Chat.User,
            Run = Request.Chat.Hints.Run,
        };

    private string? HardBudget()
    {
        foreach (var share in _shares)
        {
            if (share.Budget.Hard)
            {
                return share.Budget.Name;
            }
        }

        return null;
    }

    private static Visit Unaffordable(Chat.ChatError error) =>
        Visit.Follow(new NodeEvent(EdgeEvent.Unaffordable, error));
}
