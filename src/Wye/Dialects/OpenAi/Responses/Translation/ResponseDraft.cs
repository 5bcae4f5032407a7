using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Chat.Events;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>A response that grows: from a whole answer at once, or event by event.</summary>
/// <param name="asked">Names the answer where the provider does not.</param>
/// <param name="face">What the response carries; null = nothing.</param>
internal sealed class ResponseDraft(ChatRequest asked, ResponseFace? face = null)
{
    private const int MostId = 128;

    private AnswerFace _face = AnswerFace.Of("", asked);

    /// <summary>What ids of the response and its items are made of.</summary>
    public string Stem => face?.Stem ?? _face.Id;

    /// <summary>The model as the provider names it, else as it was asked for.</summary>
    public string Model => _face.Model;

    /// <summary>Items so far, in order.</summary>
    public List<ResponseItem> Items { get; } = [];

    /// <summary>Why the model stopped; <see cref="FinishReason.None"/> = it has not.</summary>
    public FinishReason Finish { get; private set; }

    /// <summary>Tokens so far; null = not said.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>The draft of a whole answer.</summary>
    public static ResponseDraft Of(ChatAnswer answer, ChatRequest asked, ResponseFace face, bool showReasoning)
    {
        var draft = new ResponseDraft(asked, face) { Usage = answer.Usage };
        draft.Start(answer.Id, answer.Model);
        foreach (var part in answer.Parts)
        {
            switch (part)
            {
                case TextPart { Text.Length: > 0 } text:
                    draft.Last(KindOf(text.IsRefusal)).Text.Append(text.Text);
                    break;
                case ThinkingPart { Text.Length: > 0 } thinking when showReasoning:
                    draft.Last(ResponseItemKind.Reasoning).Text.Append(thinking.Text);
                    break;
                case ToolCallPart call:
                    draft.AddCall(call.Id, call.Name).Text.Append(call.Arguments);
                    break;
            }
        }

        foreach (var item in draft.Items)
        {
            item.Done = true;
        }

        draft.End(answer.Finish);
        return draft;
    }

    /// <summary>The kind of item that a piece of text belongs to.</summary>
    public static ResponseItemKind KindOf(bool isRefusal) =>
        isRefusal ? ResponseItemKind.Refusal : ResponseItemKind.Message;

    /// <summary>Takes id and model.</summary>
    public void Start(string? id, string? model)
    {
        // An upstream's id may hold anything; those of a response are read back from addresses.
        var plain = id is null ? "" : string.Concat(id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
        _face = _face.Named(plain.Length <= MostId ? plain : null, model);
    }

    /// <summary>Takes why the model stopped. A refusal that stands in the output is a whole answer here.</summary>
    public void End(FinishReason finish) =>
        Finish =
            finish == FinishReason.ContentFilter && Items.Exists(item => item.Kind == ResponseItemKind.Refusal)
                ? FinishReason.Stop
                : finish;

    /// <summary>Takes the tokens of the end where none were told.</summary>
    public void End(in ChatFrame terminator) => Usage = UsageMerge.OrBilled(Usage, terminator.Usage);

    /// <summary>Takes tokens; later ones replace what they name.</summary>
    public void Count(in Usage usage) => Usage = UsageMerge.Of(Usage ?? default, usage);

    /// <summary>The status of an item: the last one of an answer that was cut off is not whole.</summary>
    public string StatusOf(ResponseItem item) =>
        !item.Done ? "in_progress"
        : Items[^1] == item ? ResponseWriter.StatusOf(Finish)
        : "completed";

    /// <summary>The last item if it is of that kind and open, else a new one.</summary>
    public ResponseItem Last(ResponseItemKind kind)
    {
        if (Items.Count > 0 && Items[^1].Kind == kind && !Items[^1].Done)
        {
            return Items[^1];
        }

        var prefix = kind == ResponseItemKind.Reasoning ? "rs" : "msg";
        var item = new ResponseItem(kind, $"{prefix}_{Stem}_{Items.Count}");
        Items.Add(item);
        return item;
    }

    /// <summary>A new call of a function.</summary>
    public ResponseItem AddCall(string? call, string? name)
    {
        var item = new ResponseItem(ResponseItemKind.Call, $"fc_{Stem}_{Items.Count}")
        {
            Call = CallIds.Of(call, Stem, Items.Count),
            Name = name ?? "",
        };
        Items.Add(item);
        return item;
    }
}
