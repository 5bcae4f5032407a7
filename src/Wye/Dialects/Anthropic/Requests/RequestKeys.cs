using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Requests;

namespace Wye.Dialects.Anthropic.Requests;

/// <summary>The top-level members of a messages request that are read.</summary>
internal static class RequestKeys
{
    private static readonly MemberTable<RequestKey> Table = new(
        RequestKey.Refused,
        ("model", RequestKey.Model),
        ("tools", RequestKey.Tools),
        ("top_p", RequestKey.TopP),
        ("top_k", RequestKey.TopK),
        ("system", RequestKey.System),
        ("stream", RequestKey.Stream),
        ("thread", RequestKey.Thread),
        ("messages", RequestKey.Messages),
        ("metadata", RequestKey.Metadata),
        ("thinking", RequestKey.Thinking),
        ("max_tokens", RequestKey.MaxTokens),
        ("temperature", RequestKey.Temperature),
        ("tool_choice", RequestKey.ToolChoice),
        ("output_config", RequestKey.OutputConfig),
        ("output_format", RequestKey.OutputFormat),
        ("stop_sequences", RequestKey.StopSequences)
    );

    /// <inheritdoc cref="MemberTable{TKey}.Of"/>
    public static RequestKey Of(ReadOnlySpan<byte> name) => Table.Of(name);

    /// <inheritdoc cref="MemberTable{TKey}.Find"/>
    public static BodyField? Find(ChatRequest request, RequestKey key) => Table.Find(request, key);
}
