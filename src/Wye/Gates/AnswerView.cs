using System.Text;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Gates.Texts;

namespace Wye.Gates;

/// <summary>An answer and its question as gates read them: decoded once, tokenised and recomputed at most once. Used by one flow at a time.</summary>
internal sealed class AnswerView
{
    private readonly CharBuffer _answer = new();
    private readonly CharBuffer _question = new();
    private readonly TextTokens _answerTokens = new();
    private readonly TextTokens _questionTokens = new();
    private readonly Equations _equations = new();
    private bool _questionRead;
    private bool _answerTokenised;
    private bool _questionTokenised;
    private bool _computed;
    private ChatAnswer? _parts;

    /// <summary>What is judged.</summary>
    public GateSubject Subject { get; private set; } = null!;

    /// <summary>The answer's text.</summary>
    public ReadOnlySpan<char> Answer => _answer.Text;

    /// <summary>The answer's text, unescaped UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => Subject.Reply.Text.Span;

    /// <summary>The last user turn.</summary>
    public ReadOnlySpan<char> Question
    {
        get
        {
            if (!_questionRead)
            {
                _questionRead = true;
                ReadQuestion();
            }

            return _question.Text;
        }
    }

    /// <summary>The answer in pieces.</summary>
    public ReadOnlySpan<TextToken> Tokens
    {
        get
        {
            if (!_answerTokenised)
            {
                _answerTokenised = true;
                _answerTokens.Read(Answer);
            }

            return _answerTokens.All;
        }
    }

    /// <summary>The question in pieces.</summary>
    public ReadOnlySpan<TextToken> QuestionTokens
    {
        get
        {
            if (!_questionTokenised)
            {
                _questionTokenised = true;
                _questionTokens.Read(Question);
            }

            return _questionTokens.All;
        }
    }

    /// <summary>The answer's equations, computed again.</summary>
    public Equations Equations
    {
        get
        {
            if (!_computed)
            {
                _computed = true;
                _equations.Find(Tokens);
            }

            return _equations;
        }
    }

    /// <summary>The answer free of its wire format; null = it cannot be read so.</summary>
    public ChatAnswer? Parts => _parts ??= Subject.Reply.Answers?.Read(Subject.Reply);

    /// <summary>Takes an answer; what was read before is gone.</summary>
    public void Load(GateSubject subject)
    {
        Subject = subject;
        _answer.Decode(subject.Reply.Text.Span);
        (_questionRead, _answerTokenised, _questionTokenised, _computed, _parts) = (false, false, false, false, null);
    }

    /// <summary>Takes texts that come from nowhere but a labelled set: whole answers.</summary>
    public void Load(string question, string answer)
    {
        Subject = new GateSubject
        {
            Request = null!,
            Reply = new ChatReply
            {
                Dialect = SynthesisedRequest.Dialect,
                Body = default,
                Text = Encoding.UTF8.GetBytes(answer),
                Finish = FinishReason.Stop,
            },
        };
        _answer.Decode(Subject.Reply.Text.Span);
        _question.Set(question);
        (_questionRead, _answerTokenised, _questionTokenised, _computed, _parts) = (true, false, false, false, null);
    }

    /// <summary>Lets go of what was judged; the buffers stay.</summary>
    public void Release() => (Subject, _parts) = (null!, null);

    private void ReadQuestion()
    {
        _question.Clear();
        var texts = Subject.Request.Texts;
        var last = -1;
        for (var i = texts.Count - 1; i >= 0; i--)
        {
            if (texts[i].Role == ChatRole.User)
            {
                last = texts[i].Message;
                break;
            }
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Role == ChatRole.User && texts[i].Message == last)
            {
                _question.Append(texts[i].Utf8.Span);
            }
        }
    }
}
