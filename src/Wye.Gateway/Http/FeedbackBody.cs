using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Ledger.Judgements;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>What a caller says of an answer: <c>request_id</c>, <c>score</c> or <c>good</c>, and a <c>comment</c> if it likes.</summary>
internal sealed record FeedbackBody(RequestId Request, double Score, string? Comment)
{
    private const int MostId = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Reads a body; what is wrong names the field and never repeats its value.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out FeedbackBody? feedback,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        feedback = null;
        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return TryRead(json.RootElement, out feedback, out error);
            }
        }
        catch (JsonException)
        {
            // Its message would repeat what was sent.
        }

        error = Wrong("invalid_json", "The body must be one JSON object without duplicate members.", null);
        return false;
    }

    private static bool TryRead(JsonElement body, out FeedbackBody? feedback, out ChatError? error)
    {
        (feedback, error) = (null, null);
        string? request = null;
        string? comment = null;
        double? score = null;
        double? good = null;
        foreach (var member in body.EnumerateObject())
        {
            var takes = member.Name switch
            {
                "request_id" => (request = IdOf(member.Value)) is null ? "the x-wye-request-id of an answer" : null,
                "score" => (score = ScoreOf(member.Value)) is null ? "a number in 0..1" : null,
                "good" => (good = GoodOf(member.Value)) is null ? "true or false" : null,
                "comment" => TryText(member.Value, out comment)
                    ? null
                    : $"a text of at most {Judgement.MostComment} characters, or null",
                _ => "",
            };
            if (takes is not null)
            {
                error =
                    takes.Length == 0
                        ? Wrong(
                            "unknown_field",
                            $"Feedback has no field '{WyeHeaders.Safe(member.Name[..Math.Min(64, member.Name.Length)])}'. There are: request_id, score or good, comment.",
                            null
                        )
                        : Wrong("invalid_field", $"{member.Name} takes {takes}.", member.Name);
                return false;
            }
        }

        error =
            request is null
                ? Wrong("missing_field", "request_id is missing: the x-wye-request-id of an answer.", "request_id")
            : score is null == good is null
                ? Wrong("invalid_field", "Say either score, a number in 0..1, or good, true or false.", "score")
            : null;
        feedback = error is null ? new FeedbackBody(new RequestId(request!), score ?? good!.Value, comment) : null;
        return feedback is not null;
    }

    private static string? IdOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MostId } id ? id : null;

    private static double? ScoreOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var score) && score is >= 0 and <= 1
            ? score
            : null;

    private static double? GoodOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        };

    private static bool TryText(JsonElement value, out string? text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return value.ValueKind == JsonValueKind.Null || text is { Length: <= Judgement.MostComment };
    }

    private static ChatError Wrong(string code, string message, string? field) =>
        new(FailureKind.BadRequest, message) { Code = code, Param = field };
}
