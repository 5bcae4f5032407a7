using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
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
        var view = default(ReplyView);
        error = WireBody.ReadAnswer(body.Span, ref view) ?? Check(view);
        reply = error is null
            ? new ChatReply(owner)
            {
                Dialect = DialectId.Embeddings,
                Body = body,
                // Vectors are no text: the reason says that there need be none.
                Finish = FinishReason.Other,
                Usage = view.Usage,
            }
            : null;
        if (reply is null)
        {
            owner.Dispose();
        }

        return reply is not null;
    }

    private static ChatError? Check(in ReplyView view) =>
        view.Vectors == 0 ? WireBody.Bad("The provider's answer has no vectors.") : null;

    private struct ReplyView : IWireView
    {
        public int Vectors { get; private set; }

        public Usage? Usage { get; private set; }

        public bool IsError { get; private set; }

        public void ReadMember(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                Vectors = CountItems(ref json);
            }
            else if (json.ValueTextEquals("usage"u8))
            {
                json.Read();
                Usage = ReadUsage(ref json);
            }
            else
            {
                IsError |= WireBody.SkipOther(ref json);
            }
        }

        private static int CountItems(ref Utf8JsonReader json)
        {
            if (json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                return 0;
            }

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
    }
}
