using System.Runtime.InteropServices;

namespace Wye.Primitives;

/// <summary>
/// Where a prompt lies among the features of a router, 8 bits each: which prompts an outcome tells about. No words can be read
/// from it; it says how alike two prompts are. Immutable, equal by content.
/// </summary>
public readonly struct PromptPosition : IEquatable<PromptPosition>
{
    /// <summary>What a whole, 1, is written as.</summary>
    public const int Unit = 127;

    private readonly byte[]? _bytes;

    private PromptPosition(byte[] bytes) => _bytes = bytes;

    /// <summary>Not known: what it is said of tells about every prompt alike.</summary>
    public static PromptPosition Unknown => default;

    /// <summary>Number of features; 0 = not known.</summary>
    public int Width => _bytes?.Length ?? 0;

    /// <summary>The features times <see cref="Unit"/>, −127..127.</summary>
    public ReadOnlySpan<sbyte> Values => MemoryMarshal.Cast<byte, sbyte>(Bytes);

    /// <summary>The same as they are stored.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Rounds features; beyond −1..1 they are cut.</summary>
    public static PromptPosition Of(ReadOnlySpan<float> features)
    {
        var bytes = new byte[features.Length];
        var values = MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)Rounded(features[i]);
        }

        return new PromptPosition(bytes);
    }

    /// <summary>A feature times <see cref="Unit"/> as it is kept; a whole number.</summary>
    internal static float Rounded(float feature) => MathF.Round(Math.Clamp(feature, -1, 1) * Unit);

    /// <summary>Reads what was stored; nothing = not known.</summary>
    public static PromptPosition Read(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new(bytes.ToArray());

    /// <inheritdoc/>
    public bool Equals(PromptPosition other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromptPosition other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(PromptPosition left, PromptPosition right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(PromptPosition left, PromptPosition right) => !left.Equals(right);
}
