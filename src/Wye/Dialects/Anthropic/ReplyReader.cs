using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Errors;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>Reads a whole answer of a provider; a 200 that is no answer is a failure.</summary>
internal static class ReplyReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads an answer; never throws, whatever the bytes. Takes <paramref name="owner"/> over.</summary>
    public static bool TryRead(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        ReadOnlyMemory<byte> body = owner.Memory[..length];
        reply = null;
        var texts = default(PooledList<ByteRange>);
        try
        {
            error = Scan(body.Span, ref texts, out var view);
            if (error is not null)
            {
                owner.Dispose();
                return false;
            }

            var text = Join(body, texts.Items, ref owner);
            reply = new ChatReply(owner)
            {
                Dialect = DialectId.Anthropic,
                Body = body,
                Text = text,
                ToolCallCount = view.ToolCalls,
                Finish = view.Finish,
                Usage = view.Usage,
                Answers = AnswerReader.Instance,
            };
            return true;
        }
        finally
        {
            texts.Dispose();
        }
    }

    /// <summary>The text of all text blocks: a slice of the body where it stands in one piece and unescaped.</summary>
    private static ReadOnlyMemory<byte> Join(
        ReadOnlyMemory<byte> body,
        ReadOnlySpan<ByteRange> literals,
        ref IMemoryOwner<byte> owner
    )
    {
        if (literals.IsEmpty)
        {
            return default;
        }

        var first = body.Slice(literals[0].Start, literals[0].Length);
        if (literals.Length == 1 && !first.Span.Contains((byte)'\\'))
        {
            return first;
        }

        var joined = new PooledBuffer(body.Length);
        foreach (var literal in literals)
        {
            var inside = body.Span.Slice(literal.Start, literal.Length);
            joined.Advance(JsonEscapes.Unescape(inside, joined.Memory.Span[joined.Length..]));
        }

        owner = new JoinedOwner(owner, joined);
        return joined.Written;
    }

    private static ChatError? Scan(ReadOnlySpan<byte> body, ref PooledList<ByteRange> texts, out ReplyView view)
    {
        view = default;
        try
        {
            if (!Utf8.IsValid(body))
            {
                return Bad("The provider's answer is not valid UTF-8.");
            }

            var json = new Utf8JsonReader(body, Options);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return Bad("The provider's answer is not a JSON object.");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref json, ref texts, ref view);
            }

            json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad("The provider's answer is not valid JSON.");
        }

        return view.Error ? OfErrorBody(body)
            : Fault(view) is { } fault ? Bad(fault) with { Usage = view.Usage }
            : null;
    }

    private static void ReadMember(ref Utf8JsonReader json, ref PooledList<ByteRange> texts, ref ReplyView view)
    {
        if (json.ValueTextEquals("content"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
            {
                view.HasContent = true;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    ReadBlock(ref json, ref texts, ref view);
                }

                return;
            }
        }
        else if (json.ValueTextEquals("usage"u8))
        {
            json.Read();
            view.Usage = UsageReader.Read(ref json);
            return;
        }
        else if (json.ValueTextEquals("stop_reason"u8))
        {
            json.Read();
            view.Finish = StopReasons.Read(ref json);
            return;
        }
        else
        {
            var isError = json.ValueTextEquals("error"u8);
            json.Read();
            view.Error |= isError && json.TokenType is not (JsonTokenType.Null or JsonTokenType.False);
        }

        json.Skip();
    }

    private static void ReadBlock(ref Utf8JsonReader json, ref PooledList<ByteRange> texts, ref ReplyView view)
    {
        view.Blocks++;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("type"u8);
            var isText = json.ValueTextEquals("text"u8);
            json.Read();
            if (isType && json.TokenType == JsonTokenType.String)
            {
                view.ToolCalls += json.ValueTextEquals("tool_use"u8) ? 1 : 0;
            }
            else if (isText && json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)
            {
                texts.Add(new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length));
            }

            json.Skip();
        }
    }

    private static string? Fault(in ReplyView view) =>
        !view.HasContent ? "The provider's answer has no content."
        : view is { Blocks: 0, Finish: FinishReason.None or FinishReason.Stop }
            ? "The provider's answer has no content blocks, and no stop reason that explains it."
        : null;

    private static ChatError OfErrorBody(ReadOnlySpan<byte> body)
    {
        var wire = ErrorReader.Read(body);
        return Bad(wire.Message ?? "The provider answered 200 with an error.") with { Code = wire.Code ?? wire.Type };
    }

    private static ChatError Bad(string message) => new(FailureKind.BadResponse, message);

    private struct ReplyView
    {
        public bool HasContent;
        public int Blocks;
        public int ToolCalls;
        public FinishReason Finish;
        public Usage? Usage;
        public bool Error;
    }
}
