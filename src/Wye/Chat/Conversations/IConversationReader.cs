using System.Diagnostics.CodeAnalysis;

namespace Wye.Chat.Conversations;

/// <summary>Reads a request of one dialect into the canonical form. Stateless, thread-safe.</summary>
public interface IConversationReader
{
    /// <summary>Reads <paramref name="request"/>, which this dialect has accepted before.</summary>
    /// <returns>
    /// False when it says something the form cannot carry without changing its meaning; <paramref name="error"/> then names
    /// the part by its path and is a failure of the target (<see cref="Primitives.FailureKind.NoneAvailable"/>).
    /// </returns>
    bool TryRead(
        ChatRequest request,
        [NotNullWhen(true)] out ChatConversation? conversation,
        [NotNullWhen(false)] out ChatError? error
    );
}
