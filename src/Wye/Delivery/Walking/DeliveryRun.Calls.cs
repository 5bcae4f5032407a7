using System.Text;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Delivery.Attempts;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    // What a wire format puts around two short messages.
    private const int QuestionOverhead = 64;
    private const int BytesPerToken = 4;

    private const string Demand =
        "The answer above was checked and found wanting. Check it and give a better answer to the question before it.";

    private NodeCall? _plain;

    /// <summary>What a node sends; null = a judge that has nothing to ask.</summary>
    private NodeCall? CallOf(PlanNode node)
    {
        if (node.Kind == CallKind.Judge)
        {
            return
                _shelf.Last?.Reply is { } answer
                && gates?.TryAsk(node.Gate.GetValueOrDefault(), Request.Chat, answer, out var asked) == true
                ? Own(asked, asked)
                : null;
        }

        if (node.Question is { } question)
        {
            return Own(question, question);
        }

        if (node.ShowsRefused && _shelf.Last?.Reply is { Text.IsEmpty: false } refused)
        {
            var text = Encoding.UTF8.GetString(refused.Text.Span);
            if (SynthesisedRequest.After(Request.Chat, text, Demand) is { } longer)
            {
                var added = refused.Text.Length + Demand.Length;
                return Held(
                    node,
                    Request with
                    {
                        Chat = longer,
                        PromptTokens = Request.PromptTokens + (added / BytesPerToken),
                        PromptTokenBound = Request.PromptTokenBound + added + QuestionOverhead,
                    }
                );
            }
        }

        return IsHeld(node) || node is { Kind: CallKind.Answer, Gate: not null }
            ? Held(node, Request)
            : _plain ??= new NodeCall(Request, Held: false);
    }

    private NodeCall Own(ChatRequest question, ChatRequest sized)
    {
        var bytes = 0;
        foreach (var text in sized.Texts)
        {
            bytes += text.Utf8.Length;
        }

        var request = Request with
        {
            Chat = question,
            PromptTokens = (bytes + BytesPerToken - 1) / BytesPerToken,
            PromptTokenBound = bytes + QuestionOverhead,
        };
        return new NodeCall(request, Held: false);
    }

    private NodeCall Held(PlanNode node, DeliveryRequest request) =>
        new(request, IsHeld(node)) { Gate = node.Kind == CallKind.Answer ? node.Gate : null, Gates = gates };

    private bool IsHeld(PlanNode node) => Request.Chat.Stream && PlanCheck.MustSeeWhole(node);
}
