using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Responses.Requests;

/// <summary>The top-level members of a responses request that are read.</summary>
internal static class ResponseKeys
{
    private static readonly MemberTable<ResponseKey> Table = new(
        ResponseKey.Refused,
        ("model", ResponseKey.Model),
        ("input", ResponseKey.Input),
        ("instructions", ResponseKey.Instructions),
        ("previous_response_id", ResponseKey.PreviousResponseId),
        ("store", ResponseKey.Store),
        ("stream", ResponseKey.Stream),
        ("max_output_tokens", ResponseKey.MaxOutputTokens),
        ("temperature", ResponseKey.Temperature),
        ("top_p", ResponseKey.TopP),
        ("user", ResponseKey.User),
        ("tools", ResponseKey.Tools),
        ("tool_choice", ResponseKey.ToolChoice),
        ("parallel_tool_calls", ResponseKey.ParallelToolCalls),
        ("text", ResponseKey.Text),
        ("reasoning", ResponseKey.Reasoning),
        ("metadata", ResponseKey.Metadata),
        ("background", ResponseKey.Background),
        ("conversation", ResponseKey.Conversation),
        ("prompt", ResponseKey.Prompt),
        ("top_logprobs", ResponseKey.TopLogProbs),
        ("truncation", ResponseKey.Truncation)
    );

    /// <inheritdoc cref="MemberTable{TKey}.Of"/>
    public static ResponseKey Of(ReadOnlySpan<byte> name) => Table.Of(name);

    /// <summary>The member as it stands in the request's body; empty = it is not there.</summary>
    public static ReadOnlySpan<byte> Raw(ChatRequest request, ResponseKey key) =>
        Find(request, key) is { } field ? request.Body.Span.Slice(field.Value.Start, field.Value.Length) : default;

    /// <inheritdoc cref="MemberTable{TKey}.Find"/>
    public static BodyField? Find(ChatRequest request, ResponseKey key) => Table.Find(request, key);
}
