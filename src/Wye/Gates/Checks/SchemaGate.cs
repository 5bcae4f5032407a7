using System.Text;
using Wye.Chat.Conversations;

namespace Wye.Gates.Checks;

/// <summary><c>json_schema</c>: the answer is JSON that follows a schema, its own or the one the caller demands.</summary>
/// <param name="checker">Checks; null = no checker is there, the gate abstains.</param>
/// <param name="schema">The schema as JSON; null = the request's.</param>
internal sealed class SchemaGate(IJsonSchemaChecker? checker, string? schema) : Gate("json_schema")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if ((schema ?? Demanded(answer)) is not { } wanted)
        {
            return GateVerdict.Skip("json_schema: no schema");
        }

        var json = JsonText.Of(answer.Utf8);
        return JsonGate.Parses(json)
            ? Check(checker, wanted, json, Kind)
            : GateVerdict.Refuse("json_schema: does not parse");
    }

    internal static GateVerdict Check(IJsonSchemaChecker? checker, string schema, ReadOnlySpan<byte> json, string kind)
    {
        if (checker is null)
        {
            return GateVerdict.Abstain($"{kind}: no schema checker");
        }

        return checker.Check(schema, Encoding.UTF8.GetString(json)) switch
        {
            SchemaVerdict.Valid => GateVerdict.Pass(),
            SchemaVerdict.Invalid => GateVerdict.Refuse($"{kind}: does not follow the schema"),
            _ => GateVerdict.Abstain($"{kind}: the schema has a keyword that is not checked"),
        };
    }

    private static string? Demanded(AnswerView answer) =>
        answer.Subject.Request?.TryReadConversation(out var conversation, out _) == true
            ? conversation.Format?.Schema
            : null;
}
