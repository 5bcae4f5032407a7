namespace Wye.Signals.Features;

/// <summary>Reusable result of one reading: sparse hashed counts and scalar features.</summary>
/// <remarks>Not thread-safe; keep one per thread or in a pool. Filling it allocates nothing after construction.</remarks>
internal sealed class FeatureVector
{
    /// <summary>Most entries one text can produce; further n-grams of a long text are dropped.</summary>
    public const int Capacity = 48 * 1024;

    private const int MostSlots = 2 * 64 * 1024;
    private const int LogTable = 64;
    private static readonly float[] s_sizes =
    [
        .. Enumerable.Range(0, LogTable).Select(n => n <= 1 ? n : 1 + MathF.Log(n)),
    ];

    // Open addressing by bucket number: 1 + place among the entries, 0 for free. Sized to the text, so that a short one
    // stays within the first-level cache.
    private readonly int[] _slots = new int[MostSlots];
    private readonly int[] _touched = new int[Capacity];
    private readonly float[] _values = new float[Capacity];
    private int _mask;
    private int _count;

    /// <summary>Bucket numbers in order of first appearance, each once.</summary>
    public ReadOnlySpan<int> Indices => _touched.AsSpan(0, _count);

    /// <summary>Value per bucket: sign · (1 + ln |sum|) for |sum| ≥ 1, else the signed sum.</summary>
    public Span<float> Values => _values.AsSpan(0, _count);

    /// <summary>Scalar features by <see cref="ScalarFeature"/>, unscaled.</summary>
    public float[] Scalars { get; } = new float[FeatureLayout.Scalars];

    /// <summary>Makes room for at most that many n-grams.</summary>
    internal void Clear(int most)
    {
        int slots = 1024;
        while (slots < MostSlots && slots < 2 * most)
            slots *= 2;
        _mask = slots - 1;
        _slots.AsSpan(0, slots).Clear();
        _count = 0;
        Scalars.AsSpan().Clear();
    }

    internal void Add(int bucket, float weight)
    {
        int[] slots = _slots;
        int at = bucket & _mask;
        while ((uint)at < (uint)slots.Length)
        {
            int place = slots[at] - 1;
            if (place < 0)
            {
                if (_count == Capacity)
                    return;
                slots[at] = _count + 1;
                _touched[_count] = bucket;
                _values[_count++] = weight;
                return;
            }

            if (_touched[place] == bucket)
            {
                _values[place] += weight;
                return;
            }

            at = (at + 1) & _mask;
        }
    }

    internal void Finish()
    {
        Span<float> values = Values;
        for (int i = 0; i < values.Length; i++)
        {
            float sum = values[i];
            float size = MathF.Abs(sum);
            if (size <= 1)
                continue;
            int whole = (int)size;
            values[i] = MathF.CopySign(whole == size && whole < LogTable ? s_sizes[whole] : 1 + MathF.Log(size), sum);
        }
    }
}
