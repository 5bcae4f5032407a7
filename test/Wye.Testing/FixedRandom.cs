using Wye.Primitives.Randomness;

namespace Wye.Testing;

/// <summary>A random source that always gives the same value.</summary>
public sealed class FixedRandom(double value) : IRandomSource
{
    /// <inheritdoc/>
    public double NextDouble() => value;
}
