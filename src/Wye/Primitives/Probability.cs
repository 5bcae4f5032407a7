using System.Globalization;

namespace Wye.Primitives;

/// <summary>A probability or an expected quality, 0..1.</summary>
public readonly record struct Probability : IComparable<Probability>
{
    /// <summary>Takes a value in 0..1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 0..1 or not a number.</exception>
    public Probability(double value)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies in 0..1.");
        }

        Value = value;
    }

    /// <summary>The value, 0..1.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public int CompareTo(Probability other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Whether the left value is smaller.</summary>
    public static bool operator <(Probability left, Probability right) => left.Value < right.Value;

    /// <summary>Whether the left value is larger.</summary>
    public static bool operator >(Probability left, Probability right) => left.Value > right.Value;

    /// <summary>Whether the left value is at most the right one.</summary>
    public static bool operator <=(Probability left, Probability right) => left.Value <= right.Value;

    /// <summary>Whether the left value is at least the right one.</summary>
    public static bool operator >=(Probability left, Probability right) => left.Value >= right.Value;
}
