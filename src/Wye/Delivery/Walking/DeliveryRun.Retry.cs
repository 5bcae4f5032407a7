using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    /// <summary>Another deployment of the node at once; else the same one after a wait, unless another target is free.</summary>
    private async ValueTask<Pick> PickAgainAsync(PlanNode node, NodeCall call, ChatError error)
    {
        var retry = _attempts.Count - _firstCall;
        var mayPass = AttemptErrors.MayPass.Contains(error.Kind);
        if (retry > node.Retries || !_budget.Allows(AttemptCause.Retry) || Total.Remaining(Time) == TimeSpan.Zero)
        {
            return default;
        }

        if (!mayPass && !AttemptErrors.OfDeployment.Contains(error.Kind))
        {
            return default;
        }

        // Nobody waits while another target is free.
        var mayWait = !HasFreeFallback(node, error);
        if (!await TakePermitAsync(node, mayWait))
        {
            return default;
        }

        var pick = picker.Take(call.Request, node, PickMode.Fresh, Called(_firstCall));
        if (pick.Deployment is null && mayPass && mayWait && await WaitAsync(error, retry))
        {
            pick = picker.Take(call.Request, node, PickMode.Any, called: default);
        }

        if (pick.Deployment is null)
        {
            GivePermitBack();
        }

        return pick;
    }

    private bool HasFreeFallback(PlanNode node, ChatError error)
    {
        var next = PlanEdges.Next(node, new NodeEvent(EdgeEvent.Failed, error));
        while (next >= 0)
        {
            if (picker.IsFree(plan.Nodes[next]))
            {
                return true;
            }

            next = PlanEdges.Next(plan.Nodes[next], new NodeEvent(EdgeEvent.Failed, WalkErrors.AllResting));
        }

        return false;
    }

    private async ValueTask<bool> WaitAsync(ChatError error, int retry)
    {
        var last = _attempts[^1];
        var notBefore = last.CooldownLeft;
        notBefore = error.RetryAfter is { } asked && asked > notBefore ? asked : notBefore;
        var wait = Backoff.Wait(retry, notBefore, options, random);
        if (wait > options.MaxRetryWait || wait >= Total.Remaining(Time) || wait >= _nodeEnd.Remaining(Time))
        {
            return false;
        }

        return await DelayAsync(wait);
    }
}
