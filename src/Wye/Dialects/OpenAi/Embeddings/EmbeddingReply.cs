using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Embeddings;

/// <summary>Reads a whole answer with vectors; a 200 that is no answer is a failure.</summary>
internal static class EmbeddingReply
{
    /// <summary>Reads an answer; never throws, whatever the bytes. Takes <paramref name="owner"/> over.</summary>
    public static bool TryRead(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        ReadOnlyMemory<byte> body = owner.Memory[..length];
        error = Scan(body.Span, out var usage);
        reply = error is null
            ? new ChatReply(owner)
            {
                Dialect = DialectId.Embeddings,
                Body = body,
                // Vectors are no text: the reason says that there need be none.
                Finish = FinishReason.Other,
                Usage = usage,
            }
            : null;
        if (reply is null)
        {
            owner.Dispose();
        }

        return reply is not null;
    }

    private static ChatError? Scan(ReadOnlySpan<byte> body, out Usage? usage)
    {
        usage = null;
        try
        {
            if (!Utf8.IsValid(body))
            {
                return Bad("The provider's answer is not valid UTF-8.");
            }

            var json = new Utf8JsonReader(body);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return Bad("The provider's answer is not a JSON object.");
            }

            var (vectors, failed) = (0, false);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isData = json.ValueTextEquals("data"u8);
                var isUsage = json.ValueTextEquals("usage"u8);
                var isError = json.ValueTextEquals("error"u8);
                json.Read();
                if (isData && json.TokenType == JsonTokenType.StartArray)
                {
                    vectors = CountItems(ref json);
                }
                else if (isUsage)
                {
                    usage = ReadUsage(ref json);
                }
                else
                {
                    failed |= isError && json.TokenType is not (JsonTokenType.Null or JsonTokenType.False);
                    json.Skip();
                }
            }

            json.Read();
            return failed ? OfErrorBody(body)
                : vectors == 0 ? Bad("The provider's answer has no vectors.")
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad("The provider's answer is not valid JSON.");
        }
    }

    private static int CountItems(ref Utf8JsonReader json)
    {
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            count++;
            json.Skip();
        }

        return count;
    }

    private static Usage? ReadUsage(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var (tokens, absurd) = ((long?)null, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("prompt_tokens"u8))
            {
                tokens = JsonCount.ReadNext(ref json, ref absurd);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return absurd || tokens is not > 0 ? null : new Usage { InputTokens = tokens.Value };
    }

    private static ChatError OfErrorBody(ReadOnlySpan<byte> body)
    {
        var wire = ErrorReader.Read(body);
        return Bad(wire.Message ?? "The provider answered 200 with an error.") with
        {
            Code = wire.Code ?? wire.Type,
            Param = wire.Param,
        };
    }

    private static ChatError Bad(string message) => new(FailureKind.BadResponse, message);
}
