using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects;

/// <summary>For formats that are only relayed, never written from the canonical form.</summary>
internal static class SameFormat
{
    /// <summary>Whether the request is of this format; if not, that is a failure of the target.</summary>
    public static bool Is(ChatRequest request, DialectId own, [NotNullWhen(false)] out ChatError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        error =
            request.Dialect == own
                ? null
                : new ChatError(
                    FailureKind.NoneAvailable,
                    $"A request in the '{request.Dialect}' format cannot be written in the '{own}' format."
                )
                {
                    Code = ChatErrorCodes.DialectMismatch,
                };
        return error is null;
    }

    /// <summary>Demands it.</summary>
    /// <exception cref="InvalidOperationException">It is of another format.</exception>
    public static void Demand(ChatRequest request, DialectId own)
    {
        if (!Is(request, own, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }
    }
}
