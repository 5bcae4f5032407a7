using Wye.Delivery.Attempts;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    private async ValueTask<Visit> JudgeAsync(PlanNode node, Attempt attempt)
    {
        if (node.Kind == CallKind.Classify)
        {
            path.Step(attempt.Deployment.Id, "classified");
            return Visit.Follow(
                new NodeEvent(EdgeEvent.Label, WalkErrors.NoLabel, Label: ClassifyLabel.Read(attempt.Reply!))
            );
        }

        var verdict = new GateVerdict(GateDecision.Passed, Score: 1);
        if (node.Gate is { } gate)
        {
            verdict = await AskGateAsync(gate, attempt);
            if (CallerGone.IsCancellationRequested)
            {
                return Visit.Left;
            }
        }

        _shelf.Add(attempt, verdict.Score);
        if (verdict.Decision != GateDecision.Passed)
        {
            path.Step(attempt.Deployment.Id, verdict.Decision == GateDecision.Refused ? "refused" : "abstained");
        }

        var on = verdict.Decision switch
        {
            GateDecision.Passed => EdgeEvent.Passed,
            GateDecision.Refused => EdgeEvent.Refused,
            _ => EdgeEvent.Abstained,
        };
        return Visit.Follow(new NodeEvent(on, WalkErrors.GateRefused, verdict.Score));
    }

    private async ValueTask<GateVerdict> AskGateAsync(GateId gate, Attempt attempt)
    {
        try
        {
            return await gates!.JudgeAsync(gate, Request.Chat, attempt.Reply!, attempt.JudgeToken());
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException)
            {
                Logger.GateThrew(gate, Request.Id, exception);
            }

            return new GateVerdict(GateDecision.Abstained, Score: 0);
        }
    }
}
