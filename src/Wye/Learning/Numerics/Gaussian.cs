namespace Wye.Learning.Numerics;

/// <summary>Seeded random numbers for training: SplitMix64 with Box–Muller normals.</summary>
internal struct Gaussian(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Next 64 random bits (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..bound − 1.</summary>
    public int NextBelow(int bound) => (int)(NextUniform() * bound);

    /// <summary>Standard normal.</summary>
    public float NextNormal()
    {
        double u = 1 - NextUniform();
        return (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * NextUniform()));
    }
}
