using Wye.Chat;

namespace Wye.Gates.Checks;

/// <summary><c>finish</c>: the model came to an end by itself, not at its output bound or in a content filter.</summary>
internal sealed class FinishGate() : Gate("finish")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer) =>
        answer.Subject.Reply.Finish switch
        {
            FinishReason.Stop or FinishReason.ToolCalls => GateVerdict.Pass(),
            FinishReason.Length => GateVerdict.Refuse("finish: cut at the output bound"),
            FinishReason.ContentFilter => GateVerdict.Refuse("finish: withheld"),
            _ => GateVerdict.Skip("finish: not said"),
        };
}
