namespace Wye.Signals.Features;

/// <summary>Reusable result of one reading: sparse hashed counts and scalar features.</summary>
/// <remarks>Not thread-safe; keep one per thread or in a pool. Filling it allocates nothing after construction.</remarks>
internal sealed class FeatureVector
{
    private readonly float[] _sums = new float[FeatureLayout.Buckets];
    private readonly byte[] _seen = new byte[FeatureLayout.Buckets];
    private readonly int[] _touched = new int[Capacity];
    private readonly float[] _values = new float[Capacity];
    private int _count;

    /// <summary>Most entries one text can produce; further n-grams of a long text are dropped.</summary>
    public const int Capacity = 48 * 1024;

    /// <summary>Bucket numbers in order of first appearance, each once.</summary>
    public ReadOnlySpan<int> Indices => _touched.AsSpan(0, _count);

    /// <summary>Value per bucket: sign · (1 + ln |sum|) for |sum| ≥ 1, else the signed sum.</summary>
    public Span<float> Values => _values.AsSpan(0, _count);

    /// <summary>Scalar features by <see cref="ScalarFeature"/>, unscaled.</summary>
    public float[] Scalars { get; } = new float[FeatureLayout.Scalars];

    internal void Clear()
    {
        _count = 0;
        Scalars.AsSpan().Clear();
    }

    internal void Add(int bucket, float weight)
    {
        if (_seen[bucket] == 0)
        {
            if (_count == Capacity)
                return;
            _seen[bucket] = 1;
            _touched[_count++] = bucket;
        }

        _sums[bucket] += weight;
    }

    internal void Finish()
    {
        for (int i = 0; i < _count; i++)
        {
            int bucket = _touched[i];
            float sum = _sums[bucket];
            float size = MathF.Abs(sum);
            _values[i] = size > 1 ? MathF.CopySign(1 + MathF.Log(size), sum) : sum;
            _sums[bucket] = 0;
            _seen[bucket] = 0;
        }
    }
}
