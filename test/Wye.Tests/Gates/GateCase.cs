using System.Diagnostics.CodeAnalysis;
using System.Text;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;

namespace Wye.Gates;

/// <summary>An answer and what a gate must say of it.</summary>
internal sealed record GateCase(string Answer, GateDecision Expected)
{
    public string Question { get; init; } = "";

    public FinishReason Finish { get; init; } = FinishReason.Stop;

    public string? Judgement { get; init; }

    public string[] Samples { get; init; } = [];

    public TokenConfidence? Confidence { get; init; }

    public (string Name, string Arguments)[] Calls { get; init; } = [];

    public (string Name, string Schema)[] Tools { get; init; } = [];

    public GateSubject Subject()
    {
        var conversation = new ChatConversation
        {
            Messages = [new ConversationMessage(ChatRole.User, [new TextPart(Question)])],
            Tools = [.. Tools.Select(tool => new ConversationTool(tool.Name, null, tool.Schema))],
        };
        return new GateSubject
        {
            Request = new ChatRequest
            {
                Dialect = DialectId.OpenAi,
                Body = default,
                Fields = [],
                RequestedModel = "auto",
                Texts = [new ChatText(ChatRole.User, 0, Encoding.UTF8.GetBytes(Question))],
                Conversations = new Given(conversation),
            },
            Reply = new ChatReply
            {
                Dialect = DialectId.OpenAi,
                Body = default,
                Text = Encoding.UTF8.GetBytes(Answer),
                Finish = Finish,
                ToolCallCount = Calls.Length,
                Answers = new Read(this),
            },
            Samples = [.. Samples.Select(Said)],
            Judgement = Judgement is null ? null : Said(Judgement),
        };
    }

    private sealed class Given(ChatConversation conversation) : IConversationReader
    {
        public bool TryRead(
            ChatRequest request,
            [NotNullWhen(true)] out ChatConversation? read,
            [NotNullWhen(false)] out ChatError? error
        )
        {
            (read, error) = (conversation, null);
            return true;
        }
    }

    private sealed class Read(GateCase owner) : IAnswerReader
    {
        ChatAnswer IAnswerReader.Read(ChatReply reply) =>
            new()
            {
                Parts =
                [
                    new TextPart(owner.Answer),
                    .. owner.Calls.Select(call => (ConversationPart)new ToolCallPart("1", call.Name, call.Arguments)),
                ],
                Confidence = owner.Confidence,
            };
    }

    private static ChatReply Said(string text) =>
        new()
        {
            Dialect = DialectId.OpenAi,
            Body = default,
            Text = Encoding.UTF8.GetBytes(text),
        };
}
