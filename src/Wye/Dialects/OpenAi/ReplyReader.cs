using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads a whole answer of a provider; a 200 that is no answer is a failure.</summary>
internal static class ReplyReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

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
        error = Scan(body.Span, dialect, out var view);
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
            HiddenLogProbs.Cut(body.Span, Options, cut);
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

    private static ChatError? Scan(ReadOnlySpan<byte> body, DialectId dialect, out ReplyView view)
    {
        view = new ReplyView { IsChat = dialect == DialectId.OpenAi };
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
                ReadMember(ref json, ref view);
            }

            json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad("The provider's answer is not valid JSON.");
        }

        return view.Error ? OfErrorBody(body) : Check(view);
    }

    private static void ReadMember(ref Utf8JsonReader json, ref ReplyView view)
    {
        if (json.ValueTextEquals("choices"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
            {
                ReadChoices(ref json, ref view);
                return;
            }
        }
        else if (json.ValueTextEquals("usage"u8))
        {
            json.Read();
            view.Usage = UsageReader.Read(ref json);
            return;
        }
        else if (json.ValueTextEquals("service_tier"u8))
        {
            view.Tier = JsonTier.ReadNext(ref json);
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

    private static void ReadChoices(ref Utf8JsonReader json, ref ReplyView view)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            view.Choices++;
            var choice = ChoiceReader.Read(ref json, view.IsChat ? "message"u8 : "text"u8);
            view.Choice = view.Choices == 1 ? choice : view.Choice;
        }
    }

    private static ChatError? Check(in ReplyView view) =>
        Fault(view) is { } fault ? Bad(fault) with { Usage = view.BilledUsage } : null;

    private static string? Fault(in ReplyView view) =>
        view.Choices == 0 ? "The provider's answer has no choices."
        : !view.Choice.HasBody ? "The provider's answer has no message or text."
        : !view.Choice.IsAnswer
            ? "The provider's answer has neither text nor tool calls, and no finish reason that explains it."
        : null;

    private static ChatError OfErrorBody(ReadOnlySpan<byte> body)
    {
        var wire = ErrorReader.Read(body);
        return Bad(wire.Message is null ? "The provider answered 200 with an error." : wire.Message) with
        {
            Code = wire.Code ?? wire.Type,
            Param = wire.Param,
        };
    }

    private static ChatError Bad(string message) => new(FailureKind.BadResponse, message);

    private struct ReplyView
    {
        public bool IsChat;
        public int Choices;
        public ChoiceView Choice;
        public Usage? Usage;
        public ServiceTier Tier;
        public bool Error;

        public readonly Usage? BilledUsage => Usage is { } usage ? usage with { ServiceTier = Tier } : null;
    }
}
