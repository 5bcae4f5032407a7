using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects;

/// <summary>The failure of a target that speaks another wire format than the caller.</summary>
internal static class DialectMismatch
{
    /// <summary>The machine-readable code.</summary>
    public const string Code = "dialect_mismatch";

    /// <summary>The failure as a value.</summary>
    public static ChatError Of(DialectId caller, DialectId target) =>
        new(
            FailureKind.NoneAvailable,
            $"A request in the '{caller}' format cannot be sent to a provider that speaks '{target}'. Ask for a model of a provider that speaks '{caller}'."
        )
        {
            Code = Code,
        };

    /// <summary>Stops a fault of Wye itself: bytes of one dialect given to the writer of another.</summary>
    public static void ThrowUnless(DialectId given, DialectId own)
    {
        if (given != own)
        {
            throw new InvalidOperationException($"The '{own}' dialect was given bytes of the '{given}' dialect.");
        }
    }
}
