using System.Diagnostics.CodeAnalysis;
using Wye.Primitives;

namespace Wye.Access.Desk;

/// <summary>What came of a change: the key as it is now, or why nothing changed.</summary>
public readonly record struct KeyResult
{
    /// <summary>The key; null = refused.</summary>
    public VirtualKey? Key { get; init; }

    /// <summary>Its text, when it is new or was rotated: given this once and kept nowhere.</summary>
    public Secret? Text { get; init; }

    /// <summary>Why nothing changed; null = it did.</summary>
    public KeyRefusal? Refusal { get; init; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Key))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;

    internal static KeyResult Of(VirtualKey key, Secret? text = null) => new() { Key = key, Text = text };

    internal static KeyResult Refused(KeyRefusalKind kind, string message, string? field = null) =>
        new() { Refusal = new KeyRefusal(kind, message, field) };
}
