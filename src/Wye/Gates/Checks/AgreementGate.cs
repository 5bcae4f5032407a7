using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>agreement</c>: enough samples, or another model, come to the same result. Score = share that agrees with the answer.</summary>
/// <param name="compare">What is compared.</param>
/// <param name="least">Least share of the others that must agree.</param>
internal sealed class AgreementGate(AgreementForm compare, double least) : Gate("agreement")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var samples = answer.Subject.Samples;
        if (samples.Count == 0)
        {
            return GateVerdict.Wait("agreement: no sample");
        }

        if (Normal(answer.Subject.Reply.Text.Span) is not { } own)
        {
            return GateVerdict.Refuse("agreement: no result to compare");
        }

        var agree = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            agree += string.Equals(Normal(samples[i].Text.Span), own, StringComparison.Ordinal) ? 1 : 0;
        }

        var share = (double)agree / samples.Count;
        return share >= least
            ? GateVerdict.Pass(share)
            : GateVerdict.Refuse($"agreement: {agree} of {samples.Count}", share);
    }

    /// <summary>The result in a form that is equal for equal results; null = there is none.</summary>
    internal string? Normal(ReadOnlySpan<byte> utf8)
    {
        if (compare == AgreementForm.Json)
        {
            return Json(utf8);
        }

        var text = Encoding.UTF8.GetString(utf8);
        var result = FinalAnswer.FindOrLastLine(text);
        if (compare == AgreementForm.Text)
        {
            var folded = string.Join(
                ' ',
                result.ToString().ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            );
            return folded.Trim(' ', '.', '"', '\'', '*') is { Length: > 0 } words ? words : null;
        }

        if (compare == AgreementForm.Choice)
        {
            var letter = Choices.LetterOf(result);
            return letter == '\0' ? null : letter.ToString();
        }

        return Number(result);
    }

    private static string? Number(ReadOnlySpan<char> result)
    {
        var tokens = new TextTokens();
        tokens.Read(result);
        for (var i = tokens.All.Length - 1; i >= 0; i--)
        {
            if (tokens.All[i].Kind == TextTokenKind.Number)
            {
                var negative =
                    i > 0
                    && tokens.All[i - 1] is { Kind: TextTokenKind.Operator, Sign: '-' }
                    && (i == 1 || tokens.All[i - 2].Kind != TextTokenKind.Number);
                var value = negative ? -tokens.All[i].Value : tokens.All[i].Value;
                return Math.Round(value, 6).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static string? Json(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Sorted(JsonNode.Parse(JsonText.Of(utf8)))?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            JsonValue value
                when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) =>
                JsonValue.Create(number),
            _ => node?.DeepClone(),
        };
}
