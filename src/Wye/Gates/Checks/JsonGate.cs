using System.Text.Json;

namespace Wye.Gates.Checks;

/// <summary><c>json</c>: the answer is one JSON value, bare or in one fenced block.</summary>
internal sealed class JsonGate() : Gate("json")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer) =>
        Parses(JsonText.Of(answer.Utf8)) ? GateVerdict.Pass() : GateVerdict.Refuse("json: does not parse");

    /// <summary>Whether the bytes are one JSON value and nothing else.</summary>
    internal static bool Parses(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            var any = false;
            while (reader.Read())
            {
                any = true;
            }

            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
