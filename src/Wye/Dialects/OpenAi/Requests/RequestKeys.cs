using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>Recognises the top-level members of a chat request.</summary>
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
            1 when plain[0] == (byte)'n' => RequestKey.N,
            4 => OfFour(plain),
            5 => OfFive(plain),
            6 when plain.SequenceEqual("stream"u8) => RequestKey.Stream,
            8 => OfEight(plain),
            9 => OfNine(plain),
            10 => OfTen(plain),
            11 => OfEleven(plain),
            12 when plain.SequenceEqual("top_logprobs"u8) => RequestKey.TopLogProbs,
            13 when plain.SequenceEqual("function_call"u8) => RequestKey.FunctionCall,
            14 when plain.SequenceEqual("stream_options"u8) => RequestKey.StreamOptions,
            15 when plain.SequenceEqual("response_format"u8) => RequestKey.ResponseFormat,
            16 => OfSixteen(plain),
            17 when plain.SequenceEqual("frequency_penalty"u8) => RequestKey.FrequencyPenalty,
            21 when plain.SequenceEqual("max_completion_tokens"u8) => RequestKey.MaxCompletionTokens,
            _ => RequestKey.Unknown,
        };
        return key == RequestKey.Unknown && SteeringNames.Has(plain) ? RequestKey.Refused : key;
    }

    private static RequestKey OfFour(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("stop"u8) ? RequestKey.Stop
        : name.SequenceEqual("seed"u8) ? RequestKey.Seed
        : name.SequenceEqual("user"u8) ? RequestKey.User
        : RequestKey.Unknown;

    private static RequestKey OfFive(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("model"u8) ? RequestKey.Model
        : name.SequenceEqual("tools"u8) ? RequestKey.Tools
        : name.SequenceEqual("top_p"u8) ? RequestKey.TopP
        : name.SequenceEqual("audio"u8) ? RequestKey.Audio
        : RequestKey.Unknown;

    private static RequestKey OfEight(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("messages"u8) ? RequestKey.Messages
        : name.SequenceEqual("logprobs"u8) ? RequestKey.LogProbs
        : name.SequenceEqual("thinking"u8) ? RequestKey.Thinking
        : RequestKey.Unknown;

    private static RequestKey OfNine(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("functions"u8) ? RequestKey.Functions
        : name.SequenceEqual("reasoning"u8) ? RequestKey.Reasoning
        : RequestKey.Unknown;

    private static RequestKey OfTen(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("max_tokens"u8) ? RequestKey.MaxTokens
        : name.SequenceEqual("modalities"u8) ? RequestKey.Modalities
        : RequestKey.Unknown;

    private static RequestKey OfEleven(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("temperature"u8) ? RequestKey.Temperature
        : name.SequenceEqual("tool_choice"u8) ? RequestKey.ToolChoice
        : RequestKey.Unknown;

    private static RequestKey OfSixteen(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("reasoning_effort"u8) ? RequestKey.ReasoningEffort
        : name.SequenceEqual("presence_penalty"u8) ? RequestKey.PresencePenalty
        : RequestKey.Unknown;
}
