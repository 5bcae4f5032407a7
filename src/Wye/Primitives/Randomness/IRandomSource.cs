namespace Wye.Primitives.Randomness;

/// <summary>Where jitter and weighted choices take their randomness from; tests pass a seeded one. Thread-safe.</summary>
public interface IRandomSource
{
    /// <summary>A uniform value in [0, 1).</summary>
    double NextDouble();
}
