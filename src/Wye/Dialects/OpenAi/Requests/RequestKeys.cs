using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>The top-level members of a chat request that are read.</summary>
internal static class RequestKeys
{
    private static readonly MemberTable<RequestKey> Table = new(
        RequestKey.Refused,
        ("n", RequestKey.N),
        ("stop", RequestKey.Stop),
        ("seed", RequestKey.Seed),
        ("user", RequestKey.User),
        ("model", RequestKey.Model),
        ("tools", RequestKey.Tools),
        ("top_p", RequestKey.TopP),
        ("audio", RequestKey.Audio),
        ("stream", RequestKey.Stream),
        ("messages", RequestKey.Messages),
        ("logprobs", RequestKey.LogProbs),
        ("thinking", RequestKey.Thinking),
        ("functions", RequestKey.Functions),
        ("reasoning", RequestKey.Reasoning),
        ("max_tokens", RequestKey.MaxTokens),
        ("modalities", RequestKey.Modalities),
        ("temperature", RequestKey.Temperature),
        ("tool_choice", RequestKey.ToolChoice),
        ("top_logprobs", RequestKey.TopLogProbs),
        ("function_call", RequestKey.FunctionCall),
        ("stream_options", RequestKey.StreamOptions),
        ("response_format", RequestKey.ResponseFormat),
        ("reasoning_effort", RequestKey.ReasoningEffort),
        ("presence_penalty", RequestKey.PresencePenalty),
        ("frequency_penalty", RequestKey.FrequencyPenalty),
        ("max_completion_tokens", RequestKey.MaxCompletionTokens)
    );

    /// <inheritdoc cref="MemberTable{TKey}.Of"/>
    public static RequestKey Of(ReadOnlySpan<byte> name) => Table.Of(name);
}
