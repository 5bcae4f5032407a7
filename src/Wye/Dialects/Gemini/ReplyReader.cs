using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Dialects.Gemini.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Gemini;

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
        var view = default(AnswerView);
        try
        {
            error = WireBody.ReadAnswer(body.Span, ref view) ?? Check(view);
            if (error is not null)
            {
                owner.Dispose();
                return false;
            }

            var text = new PooledBuffer(Math.Max(1, view.TextBytes));
            foreach (var literal in view.Texts.Items)
            {
                var inside = body.Span.Slice(literal.Start, literal.Length);
                text.Advance(JsonEscapes.Unescape(inside, text.GetSpan(inside.Length)));
            }

            reply = new ChatReply(new JoinedOwner(owner, text))
            {
                Dialect = DialectId.Gemini,
                Body = body,
                Text = text.Written,
                ToolCallCount = view.Calls,
                Finish = view is { Calls: > 0, Finish: FinishReason.Stop or FinishReason.None }
                    ? FinishReason.ToolCalls
                    : view.Finish,
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

    /// <summary>What is wrong with an answer that has nothing, because a call that the model wrote cannot be read for example.</summary>
    public const string Empty =
        "The provider's answer has neither text nor tool calls, and no finish reason that explains it.";

    /// <summary>The error of a prompt that the provider refused to answer.</summary>
    public static ChatError OfBlock(string reason) =>
        new(FailureKind.ContentPolicy, $"The provider's content policy blocked the prompt ({reason}).")
        {
            Code = "content_filter",
        };

    private static ChatError? Check(in AnswerView view) =>
        view is { Candidates: 0, Blocked: { } reason } ? OfBlock(reason) with { Usage = view.Usage }
        : Fault(view) is { } fault ? WireBody.Bad(fault) with { Usage = view.Usage }
        : null;

    private static string? Fault(in AnswerView view) =>
        view.Candidates == 0 ? "The provider's answer has no candidates."
        : view
            is {
                TextBytes: 0,
                Calls: 0,
                HasOther: false,
                Finish: FinishReason.None or FinishReason.Stop or FinishReason.Other
            }
            ? Empty
        : null;
}
