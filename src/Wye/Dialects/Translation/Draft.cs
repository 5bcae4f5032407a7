using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Translation;

/// <summary>A reading in progress: the first part that cannot be carried, and the names of those that are left out.</summary>
/// <param name="caller">The format of the request.</param>
/// <param name="isOfTarget">Whether it asks what one target cannot take, not what no target of another format can.</param>
internal sealed class Draft(DialectId caller, bool isOfTarget = false)
{
    private const int MostNames = 32;
    private readonly List<string> _dropped = [];

    /// <summary>The body that is read, of which long texts are slices.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

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

    /// <summary>Leaves out the members of an object that are none of the known ones, if they ask for anything.</summary>
    public void DropOthers(JsonElement element, params ReadOnlySpan<string> known)
    {
        foreach (var member in element.Members())
        {
            if (!IsAmong(member, known))
            {
                Drop(member);
            }
        }
    }

    /// <summary>Refuses a demand for a tool where none is offered: every provider does, in words about its own fields.</summary>
    public void CheckDemand(ChatConversation read)
    {
        if (read is { Tools.IsEmpty: true, ToolDemand.Kind: ToolDemandKind.Required or ToolDemandKind.Named })
        {
            Refuse("tool_choice", "a demand for a tool where none is offered");
        }
    }

    /// <summary>Refuses the request for targets of another dialect.</summary>
    /// <param name="path">The part, e.g. <c>messages[3].content[1]</c>.</param>
    /// <param name="what">What it is, e.g. <c>audio</c>.</param>
    public void Refuse(string path, string what) =>
        Error ??= new ChatError(
            FailureKind.NoneAvailable,
            $"'{path}' ({what}) cannot be carried to the chosen model{Reason}"
        )
        {
            Code = ChatErrorCodes.CannotTranslate,
            Param = path,
        };

    /// <summary>Refuses a conversation of which nothing would be left but instructions.</summary>
    public void RefuseEmpty(ChatRequest request)
    {
        var path =
            request.Dialect == DialectId.Responses ? "input"
            : request.Dialect == DialectId.Completions ? "prompt"
            : "messages";
        Error ??= new ChatError(
            FailureKind.NoneAvailable,
            $"'{path}' holds no text, and the provider of the chosen model takes no empty conversation. Send a text."
        )
        {
            Code = ChatErrorCodes.CannotTranslate,
            Param = path,
        };
    }

    /// <summary>Refuses a part; what is returned is never used.</summary>
    public ConversationPart RefusePart(string path, string what)
    {
        Refuse(path, what);
        return new TextPart("");
    }

    // Whoever does as told must come through: no provider speaks every format that callers do.
    private string Reason =>
        caller == DialectId.Responses
            ? ": requests of /v1/responses are translated for every provider. Leave it out"
                + (isOfTarget ? ", or ask for a model of a provider that takes it." : ".")
        : caller == DialectId.Completions
            ? ", which takes no plain completions. Leave it out, or ask for a model with the capability 'completions'."
        : ", whose provider speaks another format. Leave it out, or ask for a model of a provider that speaks yours.";

    private static bool IsAmong(JsonProperty member, ReadOnlySpan<string> known)
    {
        foreach (var name in known)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
