using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat.Bodies;
using Wye.Chat.Conversations;
using Wye.Primitives;

namespace Wye.Chat;

/// <summary>A chat request as its caller sent it: the raw bytes and a small view. Immutable but for <see cref="Call"/> and <see cref="PromptTokens"/>; dispose returns the buffers.</summary>
/// <remarks>Made by the reader of the caller's dialect. Everything in it is valid until it is disposed.</remarks>
public sealed class ChatRequest(IMemoryOwner<byte>? textOwner = null) : IDisposable
{
    private Reading? _reading;

    /// <summary>The wire format of <see cref="Body"/>.</summary>
    public required DialectId Dialect { get; init; }

    /// <summary>The body as received.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Top-level members of the body, in order, without duplicates.</summary>
    public required IReadOnlyList<BodyField> Fields { get; init; }

    /// <summary>What the caller asked for as <c>model</c>: a route, an alias or a model.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>The call that it was taken in as, which sets it once; null = it is not taken in.</summary>
    internal RequestId? Call { get; set; }

    /// <summary>Tokens of the prompt as Wye estimates them, set once when the request is routed; 0 = not estimated.</summary>
    internal int PromptTokens { get; set; }

    /// <summary>Whether the caller wants a stream.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether the caller asked for usage in the stream; if not, a usage-only chunk is withheld.</summary>
    public bool StreamUsage { get; init; }

    /// <summary>Output bound asked for, in tokens; null = the model's own.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Tokens of the output bound that the caller gives a model to reason in before it answers; null = no number was named.</summary>
    public int? ReasoningBudget { get; init; }

    /// <summary>What is asked besides text.</summary>
    public ChatFeatures Features { get; init; }

    /// <summary>Number of messages, system prompt included.</summary>
    public int MessageCount { get; init; }

    /// <summary>Input items that stand before the caller's own, of the response that the request continues.</summary>
    internal int KeptItems { get; init; }

    /// <summary>Number of tools offered.</summary>
    public int ToolCount { get; init; }

    /// <summary>Bytes of the JSON of tools and answer schema, as they stand in the body; 0 = none, or not counted.</summary>
    public int ToolBytes { get; init; }

    /// <summary>The JSON of the tools offered, as it stands in the body; empty = none.</summary>
    internal ReadOnlyMemory<byte> ToolJson { get; init; }

    /// <summary>Whether a string of the body holds an escape such as <c>\u00e9</c>; null = not looked for.</summary>
    internal bool? HasUnicodeEscapes { get; init; }

    /// <summary>Number of images.</summary>
    public int ImageCount { get; init; }

    /// <summary>Texts of all messages, in order.</summary>
    public required IReadOnlyList<ChatText> Texts { get; init; }

    /// <summary>A <c>/model</c> line, if the last user message starts with one.</summary>
    public ModelDirective? Directive { get; init; }

    /// <summary>The user as the caller names them; null = not named.</summary>
    public string? User { get; init; }

    /// <summary>What the caller said beside the body.</summary>
    public CallerHints Hints { get; init; } = CallerHints.None;

    /// <summary>Reads the body into the canonical form when a target speaks another dialect; null = it cannot be read so.</summary>
    public IConversationReader? Conversations { get; init; }

    /// <summary>The request free of its wire format. Read at the first call, then kept. Thread-safe.</summary>
    /// <returns>False when it cannot be carried over; <paramref name="error"/> says which part, as a failure of the target.</returns>
    public bool TryReadConversation(
        [NotNullWhen(true)] out ChatConversation? conversation,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        // Two that read at once read the same.
        var reading = Volatile.Read(ref _reading);
        if (reading is null)
        {
            reading = Read();
            Volatile.Write(ref _reading, reading);
        }

        (conversation, error) = (reading.Conversation, reading.Error);
        return conversation is not null;
    }

    /// <inheritdoc/>
    public void Dispose() => textOwner?.Dispose();

    private Reading Read()
    {
        if (Conversations is null)
        {
            var message = $"A request in the '{Dialect}' format can only be sent to a provider that speaks it.";
            return new Reading(
                null,
                new ChatError(FailureKind.NoneAvailable, message) { Code = ChatErrorCodes.DialectMismatch }
            );
        }

        _ = Conversations.TryRead(this, out var conversation, out var error);
        return new Reading(conversation, error!);
    }

    private sealed record Reading(ChatConversation? Conversation, ChatError Error);
}
