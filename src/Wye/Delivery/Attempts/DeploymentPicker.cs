using System.Buffers;
using Wye.Catalog;
using Wye.Delivery.Walking;
using Wye.Health;
using Wye.Primitives;
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
            if (state.IsAvailable && state.InFlight < (deployment.MaxInFlight ?? int.MaxValue))
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
    public Pick Take(
        DeliveryRequest run,
        PlanNode node,
        PickMode mode,
        ReadOnlySpan<Attempt?> called,
        WhyPath? path = null
    )
    {
        var count = node.Deployments.Length;
        var rented = ArrayPool<Deployment>.Shared.Rent(count);
        try
        {
            var ordered = rented.AsSpan(0, count);
            node.Deployments.CopyTo(ordered);
            if (mode == PickMode.Forced)
            {
                return TakeRested(run, node, ordered, called);
            }

            if (count > 1)
            {
                run.Plan.Balancing.Order(ordered, health, random);
            }

            return TakeFirst(run, node, ordered, called, path);
        }
        finally
        {
            ArrayPool<Deployment>.Shared.Return(rented, clearArray: true);
        }
    }

    private Pick TakeFirst(
        DeliveryRequest run,
        PlanNode node,
        ReadOnlySpan<Deployment> ordered,
        ReadOnlySpan<Attempt?> called,
        WhyPath? path
    )
    {
        var (dear, resting, none) = (false, false, new Pick());
        foreach (var deployment in ordered)
        {
            if (IsCalled(deployment, called))
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
            if (state.TryEnter(out var ticket, deployment.MaxInFlight))
            {
                return none with { Deployment = deployment, State = state, Ticket = ticket, MaxOutputTokens = lowered };
            }

            none = PassedOver(none, state, deployment, path);
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
