using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>Reads a whole answer of a provider; a 200 that is no answer is a failure.</summary>
internal static class ReplyReader
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
        reply = null;
        var view = default(ReplyView);
        try
        {
            error = WireBody.ReadAnswer(body.Span, ref view) ?? Check(view);
            if (error is not null)
            {
                owner.Dispose();
                return false;
            }

            var text = Join(body, view.Texts.Items, ref owner);
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
            view.Texts.Dispose();
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

    private static ChatError? Check(in ReplyView view) =>
        Fault(view) is { } fault ? WireBody.Bad(fault) with { Usage = view.Usage } : null;

    private static string? Fault(in ReplyView view) =>
        !view.HasContent ? "The provider's answer has no content."
        : view is { Blocks: 0, Finish: FinishReason.None or FinishReason.Stop }
            ? "The provider's answer has no content blocks, and no stop reason that explains it."
        : null;

    private ref struct ReplyView : IWireView
    {
        // Literals of the text blocks. A field: it is filled in place.
        public PooledList<ByteRange> Texts;

        public bool HasContent { get; private set; }

        public int Blocks { get; private set; }

        public int ToolCalls { get; private set; }

        public FinishReason Finish { get; private set; }

        public Usage? Usage { get; private set; }

        public bool IsError { get; private set; }

        public void ReadMember(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("content"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.StartArray)
                {
                    HasContent = true;
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                        ReadBlock(ref json);
                    }

                    return;
                }
            }
            else if (json.ValueTextEquals("usage"u8))
            {
                json.Read();
                Usage = UsageReader.Read(ref json);
                return;
            }
            else if (json.ValueTextEquals("stop_reason"u8))
            {
                json.Read();
                Finish = StopReasons.Read(ref json);
                return;
            }
            else
            {
                IsError |= WireBody.SkipOther(ref json);
                return;
            }

            json.Skip();
        }

        private void ReadBlock(ref Utf8JsonReader json)
        {
            Blocks++;
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
                    ToolCalls += json.ValueTextEquals("tool_use"u8) ? 1 : 0;
                }
                else if (isText && json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)
                {
                    Texts.Add(new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length));
                }

                json.Skip();
            }
        }
    }
}
