using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Translation;

/// <summary>A reading in progress: the first part that cannot be carried, and the names of those that are left out.</summary>
internal sealed class Draft
{
    private const int MostNames = 32;
    private readonly List<string> _dropped = [];

    /// <summary>The first refusal; null = none.</summary>
    public ChatError? Error { get; private set; }

    /// <summary>Names left out, in order, each once.</summary>
    public ImmutableArray<string> Dropped => [.. _dropped];

    /// <summary>Leaves something out that only tunes the answer.</summary>
    public void Drop(string name)
    {
        if (_dropped.Count < MostNames && !_dropped.Contains(name, StringComparer.Ordinal))
        {
            _dropped.Add(name);
        }
    }

    /// <summary>Leaves a member out that the canonical form does not know, if it asks for anything.</summary>
    public void Drop(JsonProperty member)
    {
        if (member.Value.Asks())
        {
            Drop(UpstreamText.Clean(member.Name) ?? "?");
        }
    }

    /// <summary>Refuses the request for targets of another dialect.</summary>
    /// <param name="path">The part, e.g. <c>messages[3].content[1]</c>.</param>
    /// <param name="what">What it is, e.g. <c>audio</c>.</param>
    public void Refuse(string path, string what) =>
        Error ??= new ChatError(
            FailureKind.NoneAvailable,
            $"'{path}' ({what}) cannot be carried to the chosen model, whose provider speaks another format. Leave it out, or ask for a model of a provider that speaks yours."
        )
        {
            Code = ChatErrorCodes.CannotTranslate,
            Param = path,
        };

    /// <summary>Refuses a part; what is returned is never used.</summary>
    public ConversationPart RefusePart(string path, string what)
    {
        Refuse(path, what);
        return new TextPart("");
    }
}
