using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>The parts of an answer that a caller of a chat API gets.</summary>
/// <param name="Text">Text; empty = none.</param>
/// <param name="Reasoning">Visible reasoning; empty = none.</param>
/// <param name="Refusal">What a refusal says; empty = none.</param>
/// <param name="Calls">Calls for the caller to make.</param>
internal sealed record AnswerContents(
    string Text,
    string Reasoning,
    string Refusal,
    IReadOnlyList<FunctionCallContent> Calls
)
{
    /// <summary>No part at all.</summary>
    public static AnswerContents Nothing { get; } = new("", "", "", []);

    /// <summary>Whether there is nothing to give.</summary>
    public bool IsEmpty => Text.Length + Reasoning.Length + Refusal.Length + Calls.Count == 0;

    /// <summary>Parts of one update.</summary>
    public static AnswerContents Of(ChatResponseUpdate update) => Of([.. update.Contents]);

    /// <summary>Parts of a whole answer, which may hold calls that the client has made itself.</summary>
    public static AnswerContents Of(IEnumerable<ChatMessage> messages) =>
        Of([.. messages.SelectMany(message => message.Contents)]);

    private static AnswerContents Of(AIContent[] contents)
    {
        var answered = contents
            .OfType<FunctionResultContent>()
            .Select(result => result.CallId)
            .ToHashSet(StringComparer.Ordinal);
        return new AnswerContents(
            string.Concat(contents.OfType<TextContent>().Select(text => text.Text)),
            string.Concat(contents.OfType<TextReasoningContent>().Select(text => text.Text)),
            string.Concat(contents.OfType<ErrorContent>().Where(IsRefusal).Select(error => error.Message)),
            [
                .. contents
                    .OfType<FunctionCallContent>()
                    .Where(call => !call.InformationalOnly && !answered.Contains(call.CallId)),
            ]
        );
    }

    /// <summary>The first error that is no refusal; null = none.</summary>
    public static ErrorContent? ErrorIn(IEnumerable<AIContent> contents) =>
        contents.OfType<ErrorContent>().FirstOrDefault(error => !IsRefusal(error));

    private static bool IsRefusal(ErrorContent error) =>
        string.Equals(error.ErrorCode, "refusal", StringComparison.OrdinalIgnoreCase);
}
