using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads a whole answer of a provider; a 200 that is no answer is a failure.</summary>
internal static class ReplyReader
{
    /// <summary>Reads an answer; never throws, whatever the bytes. Takes <paramref name="owner"/> over.</summary>
    public static bool TryRead(
        IMemoryOwner<byte> owner,
        int length,
        DialectId dialect,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error,
        LogProbUse logProbs = LogProbUse.Relay
    )
    {
        ReadOnlyMemory<byte> body = owner.Memory[..length];
        reply = null;
        var view = new ReplyView(dialect);
        error = WireBody.ReadAnswer(body.Span, ref view) ?? Check(view);
        if (error is not null)
        {
            owner.Dispose();
            return false;
        }

        var text = ReadOnlyMemory<byte>.Empty;
        if (view.Choice.Text.Length > 0)
        {
            var literal = body.Slice(view.Choice.Text.Start, view.Choice.Text.Length);
            text = literal;
            if (literal.Span.Contains((byte)'\\'))
            {
                var unescaped = new PooledBuffer(literal.Length);
                unescaped.Advance(JsonEscapes.Unescape(literal.Span, unescaped.Memory.Span));
                text = unescaped.Written;
                owner = new JoinedOwner(owner, unescaped);
            }
        }
        else if (dialect == DialectId.OpenAi && view.Choice is { HasContent: true, ContentBytes: > 0 })
        {
            text = Encoding.UTF8.GetBytes(ContentReader.TextOf(body));
        }

        IAnswerReader? answers = dialect == DialectId.OpenAi ? AnswerReader.Instance : null;
        if (logProbs == LogProbUse.Ask)
        {
            answers = new HiddenLogProbs(HiddenLogProbs.ConfidenceOf(body));
            var cut = new PooledBuffer(body.Length);
            HiddenLogProbs.Cut(body.Span, WireBody.Options, cut);
            body = cut.Written;
            owner = new JoinedOwner(owner, cut);
        }

        reply = new ChatReply(owner)
        {
            Dialect = dialect,
            Body = body,
            Text = text,
            ToolCallCount = view.Choice.ToolCalls,
            Finish = view.Choice.EffectiveFinish,
            Usage = view.BilledUsage,
            Answers = answers,
        };
        return true;
    }

    private static ChatError? Check(in ReplyView view) =>
        Fault(view) is { } fault ? WireBody.Bad(fault) with { Usage = view.BilledUsage } : null;

    private static string? Fault(in ReplyView view) =>
        view.Choices == 0 ? "The provider's answer has no choices."
        : !view.Choice.HasBody ? "The provider's answer has no message or text."
        : !view.Choice.IsAnswer
            ? "The provider's answer has neither text nor tool calls, and no finish reason that explains it."
        : null;

    private struct ReplyView(DialectId dialect) : IWireView
    {
        private readonly bool _isChat = dialect == DialectId.OpenAi;
        private Usage? _usage;
        private ServiceTier _tier;

        public int Choices { get; private set; }

        public ChoiceView Choice { get; private set; }

        public bool IsError { get; private set; }

        public readonly Usage? BilledUsage => _usage is { } usage ? usage with { ServiceTier = _tier } : null;

        public void ReadMember(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("choices"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.StartArray)
                {
                    ReadChoices(ref json);
                    return;
                }
            }
            else if (json.ValueTextEquals("usage"u8))
            {
                json.Read();
                _usage = UsageReader.Read(ref json);
                return;
            }
            else if (json.ValueTextEquals("service_tier"u8))
            {
                _tier = JsonTier.ReadNext(ref json);
                return;
            }
            else
            {
                IsError |= WireBody.SkipOther(ref json);
                return;
            }

            json.Skip();
        }

        private void ReadChoices(ref Utf8JsonReader json)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                Choices++;
                var choice = ChoiceReader.Read(ref json, _isChat ? "message"u8 : "text"u8);
                Choice = Choices == 1 ? choice : Choice;
            }
        }
    }
}
