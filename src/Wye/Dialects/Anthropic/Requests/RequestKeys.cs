using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.Anthropic.Requests;

/// <summary>Recognises the top-level members of a messages request.</summary>
internal static class RequestKeys
{
    /// <summary>The member of that name.</summary>
    /// <param name="name">The name without quotes, as it stands in the body; at most <see cref="BodyScan.MaxNameLength"/> bytes.</param>
    public static RequestKey Of(ReadOnlySpan<byte> name)
    {
        Span<byte> scratch = stackalloc byte[BodyScan.MaxNameLength];
        var plain = JsonEscapes.Plain(name, scratch);
        var key = plain.Length switch
        {
            5 => OfFive(plain),
            6 when plain.SequenceEqual("system"u8) => RequestKey.System,
            6 when plain.SequenceEqual("stream"u8) => RequestKey.Stream,
            8 => OfEight(plain),
            10 when plain.SequenceEqual("max_tokens"u8) => RequestKey.MaxTokens,
            11 when plain.SequenceEqual("temperature"u8) => RequestKey.Temperature,
            11 when plain.SequenceEqual("tool_choice"u8) => RequestKey.ToolChoice,
            13 when plain.SequenceEqual("output_config"u8) => RequestKey.OutputConfig,
            13 when plain.SequenceEqual("output_format"u8) => RequestKey.OutputFormat,
            14 when plain.SequenceEqual("stop_sequences"u8) => RequestKey.StopSequences,
            _ => RequestKey.Unknown,
        };
        return key == RequestKey.Unknown && SteeringNames.Has(plain) ? RequestKey.Refused : key;
    }

    private static RequestKey OfFive(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("model"u8) ? RequestKey.Model
        : name.SequenceEqual("tools"u8) ? RequestKey.Tools
        : name.SequenceEqual("top_p"u8) ? RequestKey.TopP
        : name.SequenceEqual("top_k"u8) ? RequestKey.TopK
        : RequestKey.Unknown;

    private static RequestKey OfEight(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("messages"u8) ? RequestKey.Messages
        : name.SequenceEqual("metadata"u8) ? RequestKey.Metadata
        : name.SequenceEqual("thinking"u8) ? RequestKey.Thinking
        : RequestKey.Unknown;
}
