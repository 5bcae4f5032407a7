namespace Wye.Primitives.Randomness;

/// <summary>A thread-safe random source that repeats for the same seed.</summary>
public sealed class SeededRandomSource(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public double NextDouble()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }
}
