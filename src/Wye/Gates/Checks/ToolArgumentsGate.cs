using System.Text;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;

namespace Wye.Gates.Checks;

/// <summary><c>tool_arguments</c>: each call names an offered tool, and its arguments are JSON that follows the tool's schema.</summary>
internal sealed class ToolArgumentsGate(IJsonSchemaChecker? checker) : Gate("tool_arguments")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if (answer.Subject.Reply.ToolCallCount == 0)
        {
            return GateVerdict.Skip("tool_arguments: no call");
        }

        if (answer.Parts is not { } parts || answer.Subject.Request?.TryReadConversation(out var asked, out _) != true)
        {
            return GateVerdict.Abstain("tool_arguments: the calls cannot be read");
        }

        var verdict = GateVerdict.Pass();
        foreach (var part in parts.Parts)
        {
            if (part is ToolCallPart call && Judge(call, asked!) is { Decision: not GateDecision.Passed } other)
            {
                if (other.Decision == GateDecision.Refused)
                {
                    return other;
                }

                verdict = other;
            }
        }

        return verdict;
    }

    private GateVerdict Judge(ToolCallPart call, ChatConversation asked)
    {
        var tool = asked.Tools.FirstOrDefault(one => string.Equals(one.Name, call.Name, StringComparison.Ordinal));
        if (tool is null)
        {
            return GateVerdict.Refuse("tool_arguments: no such tool");
        }

        var json = Encoding.UTF8.GetBytes(call.Arguments.Length == 0 ? "{}" : call.Arguments);
        return !JsonGate.Parses(json) ? GateVerdict.Refuse("tool_arguments: do not parse")
            : tool.Schema is null ? GateVerdict.Pass()
            : SchemaGate.Check(checker, tool.Schema, json, Kind);
    }
}
