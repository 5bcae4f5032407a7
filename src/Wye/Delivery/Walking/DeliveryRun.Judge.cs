using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Gates;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    private List<ChatReply>? _samples;
    private ChatReply? _judgement;

    private ValueTask<Visit> JudgeAsync(PlanNode node, Attempt attempt)
    {
        switch (node.Kind)
        {
            case CallKind.Classify:
                return new(Classified(node, attempt));
            case CallKind.Sample:
                (_samples ??= []).Add(attempt.Reply!);
                path.Step(attempt.Deployment.Id, "sampled");
                break;
            case CallKind.Judge:
                _judgement = attempt.Reply;
                path.Step(attempt.Deployment.Id, "judged");
                break;
            default:
                _samples?.Clear();
                _judgement = null;
                break;
        }

        if (attempt.RefusedEarly)
        {
            return RefuseEarlyAsync(attempt);
        }

        var about = node.Kind == CallKind.Answer ? attempt : _shelf.Last ?? attempt;
        return node.Gate is { } gate
            ? AskAsync(node, gate, about, attempt)
            : new(Judged(node, about, new GateVerdict(GateDecision.Passed, Score: 1)));
    }

    private async ValueTask<Visit> RefuseEarlyAsync(Attempt attempt)
    {
        await attempt.CloseAsync();
        path.Step(attempt.Deployment.Id, "refused early");
        return Visit.Follow(new NodeEvent(EdgeEvent.Refused, WalkErrors.GateRefused));
    }

    private async ValueTask<Visit> AskAsync(PlanNode node, GateId gate, Attempt about, Attempt last)
    {
        var verdict = await AskGateAsync(gate, about, last);
        return CallerGone.IsCancellationRequested ? Visit.Left : Judged(node, about, verdict);
    }

    private Visit Judged(PlanNode node, Attempt about, GateVerdict verdict)
    {
        if (node.PassFrom is { } least && verdict.Decision != GateDecision.Abstained)
        {
            verdict = verdict with { Decision = verdict.Score >= least ? GateDecision.Passed : GateDecision.Refused };
        }

        Note(node, about, verdict);
        var on = verdict.Decision switch
        {
            GateDecision.Passed => EdgeEvent.Passed,
            GateDecision.Refused => EdgeEvent.Refused,
            _ => EdgeEvent.Abstained,
        };
        return Visit.Follow(new NodeEvent(on, WalkErrors.GateRefused, verdict.Score));
    }

    private void Note(PlanNode node, Attempt about, in GateVerdict verdict)
    {
        if (node.Kind == CallKind.Answer)
        {
            _shelf.Add(about, verdict.Score);
        }
        else if (node.Gate is not null)
        {
            _shelf.Rate(about, verdict.Score);
        }

        if (verdict.Decision != GateDecision.Passed && !verdict.Pending)
        {
            var said = verdict.Decision == GateDecision.Refused ? "refused" : "abstained";
            path.Step(about.Deployment.Id, verdict.Note is null ? said : $"{said} ({verdict.Note})");
        }
    }

    private Visit Classified(PlanNode node, Attempt attempt)
    {
        var label = ClassifyLabel.Read(attempt.Reply!);
        var known = false;
        foreach (var edge in node.Edges)
        {
            known |=
                edge is { On: EdgeEvent.Label, Label: { } one }
                && string.Equals(one, label, StringComparison.OrdinalIgnoreCase);
        }

        if (known && plan.Remember is { } place)
        {
            decisions?.Remember(place, label!);
        }

        // Only a label of the plan is repeated: what a model says is not.
        path.Step(attempt.Deployment.Id, known && node.Question is not null ? $"says {label}" : "classified");
        return Visit.Follow(new NodeEvent(EdgeEvent.Label, WalkErrors.NoLabel, Label: label));
    }

    private async ValueTask<GateVerdict> AskGateAsync(GateId gate, Attempt about, Attempt last)
    {
        var subject = new GateSubject
        {
            Request = Request.Chat,
            Reply = about.Reply!,
            Key = Request.Key,
            Samples = _samples ?? (IReadOnlyList<ChatReply>)[],
            Judgement = _judgement,
        };
        try
        {
            return await gates!.JudgeAsync(gate, subject, last.JudgeToken());
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
