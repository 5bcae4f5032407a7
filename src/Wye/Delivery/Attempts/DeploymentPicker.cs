using System.Buffers;
using Wye.Catalog;
using Wye.Delivery.Attempts.Metering;
using Wye.Delivery.Walking;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing;
using Wye.Routing.Plans;

namespace Wye.Delivery.Attempts;

/// <summary>Chooses the deployment of a call: balancing orders, cost and health admit. Thread-safe.</summary>
internal sealed class DeploymentPicker(HealthRegistry health, IRandomSource random, DeliveryOptions options)
{
    /// <summary>Whether any deployment of the node would admit a call now.</summary>
    public bool IsFree(PlanNode node)
    {
        foreach (var deployment in node.Deployments)
        {
            var state = health.Of(deployment.Id);
            if (
                state.IsAvailable
                && state.InFlight < (deployment.MaxInFlight ?? int.MaxValue)
                && state.Load.LimitReached(deployment, tokens: 0) == RateLimit.None
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a deployment of the node has just answered others and would admit a call now.</summary>
    public bool IsProven(PlanNode node)
    {
        foreach (var deployment in node.Deployments)
        {
            var state = health.Of(deployment.Id);
            if (state.IsProven && state.InFlight < (deployment.MaxInFlight ?? int.MaxValue))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a deployment and enters it.</summary>
    /// <param name="run">The request.</param>
    /// <param name="node">The node to call.</param>
    /// <param name="mode">Which of its deployments may be taken.</param>
    /// <param name="called">Attempts whose deployments are left out.</param>
    /// <param name="path">Hears of those passed over; null = nobody does.</param>
    /// <param name="without">Deployments that are left out as well; null = none.</param>
    public Pick Take(
        DeliveryRequest run,
        PlanNode node,
        PickMode mode,
        ReadOnlySpan<Attempt?> called,
        WhyPath? path = null,
        IReadOnlyList<DeploymentId>? without = null
    )
    {
        var count = node.Deployments.Length;
        if (count <= 1 && mode != PickMode.Forced)
        {
            return TakeFirst(run, node, node.Deployments.AsSpan(), called, path, without);
        }

        var rented = ArrayPool<Deployment>.Shared.Rent(count);
        try
        {
            var ordered = rented.AsSpan(0, count);
            node.Deployments.CopyTo(ordered);
            if (mode == PickMode.Forced)
            {
                return TakeRested(run, node, ordered, called);
            }

            Order(run, ordered, path);
            return TakeFirst(run, node, ordered, called, path, without);
        }
        finally
        {
            ArrayPool<Deployment>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>Gives a pick back that was not called: that says neither good nor ill of the deployment.</summary>
    public void GiveBack(in Pick pick)
    {
        pick.State!.Load.Release(pick.Lease, default);
        pick.State.Exit(pick.Ticket, FailureKind.CallerGone);
    }

    private Pick TakeFirst(
        DeliveryRequest run,
        PlanNode node,
        ReadOnlySpan<Deployment> ordered,
        ReadOnlySpan<Attempt?> called,
        WhyPath? path,
        IReadOnlyList<DeploymentId>? without
    )
    {
        var (dear, resting, none) = (false, false, new Pick());
        foreach (var deployment in ordered)
        {
            if (IsCalled(deployment, called) || without?.Contains(deployment.Id) == true)
            {
                continue;
            }

            if (!Fits(run, node, deployment, out var lowered))
            {
                dear = true;
                path?.Step(deployment.Id, "unaffordable");
                continue;
            }

            var state = health.Of(deployment.Id);
            if (!state.TryEnter(out var ticket, deployment.MaxInFlight))
            {
                none = PassedOver(none, state, deployment, path);
                resting = true;
                continue;
            }

            var limit = state.Load.TryTake(deployment, ExpectedTokens(run), out var lease);
            if (limit == RateLimit.None)
            {
                return none with
                {
                    Deployment = deployment,
                    State = state,
                    Ticket = ticket,
                    Lease = lease,
                    MaxOutputTokens = lowered,
                };
            }

            // Nothing was called, as in GiveBack.
            state.Exit(ticket, FailureKind.CallerGone);
            none = AtLimit(none, state, deployment, limit, run, path);
            resting = true;
        }

        return none with
        {
            Unaffordable = dear && !resting,
        };
    }

    private static Pick PassedOver(in Pick none, DeploymentState state, Deployment deployment, WhyPath? path)
    {
        var (full, left) = (state.IsAvailable, state.CooldownLeft);
        path?.Step(deployment.Id, full ? "full" : "cooling");
        return none with
        {
            RetryAfter = none.RetryAfter == TimeSpan.Zero ? left : Shorter(none.RetryAfter, left),
            ForcedAfter = full || state.IsParkedByProvider ? none.ForcedAfter : Shorter(none.ForcedAfter ?? left, left),
        };
    }

    private static Pick AtLimit(
        in Pick none,
        DeploymentState state,
        Deployment deployment,
        RateLimit limit,
        DeliveryRequest run,
        WhyPath? path
    )
    {
        path?.Step(
            deployment.Id,
            limit == RateLimit.Requests
                ? $"at {deployment.RequestsPerMinute} requests/min"
                : $"at {deployment.TokensPerMinute} tokens/min"
        );
        var left = state.Load.UntilRoom(deployment, ExpectedTokens(run));
        return none with { RetryAfter = none.RetryAfter == TimeSpan.Zero ? left : Shorter(none.RetryAfter, left) };
    }

    private void Order(DeliveryRequest run, Span<Deployment> deployments, WhyPath? path)
    {
        var context = ContextOf(run, path);
        run.Plan.Balancing.Order(deployments, context);
        if (context.Note is { } note)
        {
            note.First = deployments[0].Id;
        }
    }

    private BalancingContext ContextOf(DeliveryRequest run, WhyPath? path)
    {
        var known = run.Plan.Session?.Known;
        return new BalancingContext
        {
            Health = health,
            Random = random,
            PromptTokens = run.PromptTokens,
            ExpectedOutput = run.Plan.ExpectedOutput,
            Stream = run.Chat.Stream,
            HeldBy = known?.Deployment,
            CachedTokens = known?.CachedTokens ?? 0,
            Note = path?.Balanced(),
        };
    }

    private static long ExpectedTokens(DeliveryRequest run) => (long)run.PromptTokens + run.Plan.ExpectedOutput;

    private Pick TakeRested(
        DeliveryRequest run,
        PlanNode node,
        Span<Deployment> deployments,
        ReadOnlySpan<Attempt?> called
    )
    {
        // Few and rare: an insertion sort by what is left of the cooldown.
        for (var i = 1; i < deployments.Length; i++)
        {
            for (var j = i; j > 0 && Left(deployments[j]) < Left(deployments[j - 1]); j--)
            {
                (deployments[j], deployments[j - 1]) = (deployments[j - 1], deployments[j]);
            }
        }

        foreach (var deployment in deployments)
        {
            var state = health.Of(deployment.Id);
            if (
                !IsCalled(deployment, called)
                && Fits(run, node, deployment, out var lowered)
                && state.TryForce(deployment.MaxInFlight)
            )
            {
                return new Pick
                {
                    Deployment = deployment,
                    State = state,
                    Ticket = DeploymentState.Forced,
                    Lease = state.Load.Take(ExpectedTokens(run)),
                    MaxOutputTokens = lowered,
                };
            }
        }

        return new Pick { RetryAfter = Left(deployments[0]) };
    }

    private TimeSpan Left(Deployment deployment) => health.Of(deployment.Id).CooldownLeft;

    private bool Fits(DeliveryRequest run, PlanNode node, Deployment deployment, out int? lowered)
    {
        lowered = null;
        return node.CostCap is not { } cap
            || CostBound.TryFit(cap, deployment, run, options.LeastLoweredOutput, out lowered);
    }

    private static bool IsCalled(Deployment deployment, ReadOnlySpan<Attempt?> called)
    {
        foreach (var attempt in called)
        {
            if (attempt!.Deployment.Id == deployment.Id)
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
