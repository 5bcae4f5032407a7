using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi;

/// <summary>Takes log-probabilities that only a gate reads out of an answer or a chunk; every other byte stays.</summary>
/// <param name="confidence">What they said.</param>
internal sealed class HiddenLogProbs(TokenConfidence? confidence) : IAnswerReader
{
    /// <inheritdoc/>
    public ChatAnswer Read(ChatReply reply) => AnswerReader.Instance.Read(reply) with { Confidence = confidence };

    /// <summary>What the first choice says; null = nothing.</summary>
    public static TokenConfidence? ConfidenceOf(ReadOnlyMemory<byte> body)
    {
        using var document = Json.Parse(body);
        foreach (var choice in document.RootElement.Member("choices"u8).Items())
        {
            if (choice.Member("index"u8).Whole() is null or 0)
            {
                return LogProbReader.Read(choice);
            }
        }

        return null;
    }

    /// <summary>Writes the body with <c>null</c> in their place.</summary>
    /// <param name="body">A JSON object that was read before.</param>
    /// <param name="options">How deep it may be.</param>
    /// <param name="output">Where it goes.</param>
    public static void Cut(ReadOnlySpan<byte> body, JsonReaderOptions options, IBufferWriter<byte> output)
    {
        var json = new Utf8JsonReader(body, options);
        var copied = 0;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isChoices = json.ValueTextEquals("choices"u8);
            json.Read();
            if (!isChoices || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                CutChoice(ref json, body, ref copied, output);
            }
        }

        output.Write(body[copied..]);
    }

    private static void CutChoice(
        ref Utf8JsonReader json,
        ReadOnlySpan<byte> body,
        ref int copied,
        IBufferWriter<byte> output
    )
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isTheirs = json.ValueTextEquals("logprobs"u8);
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (isTheirs)
            {
                output.Write(body[copied..start]);
                output.Write("null"u8);
                copied = (int)json.BytesConsumed;
            }
        }
    }
}
