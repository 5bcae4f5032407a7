using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wye.Signals.Features;

/// <summary>Reusable result of one reading: sparse hashed counts and scalar features.</summary>
/// <remarks>Not thread-safe; keep one per thread or in a pool. Filling it allocates nothing after construction.</remarks>
internal sealed class FeatureVector
{
    /// <summary>Most bytes of one text that are read, with the spaces that end its parts.</summary>
    public const int MostText = FeatureLayout.HeadBytes + FeatureLayout.TailBytes + 2;

    // Per byte at most a word and a pair of words, in three texts; then three character grams.
    private const int Capacity = (3 * 2 * MostText) + (3 * MostText);
    private const int LogTable = 64;
    private static readonly float[] s_sizes =
    [
        .. Enumerable.Range(0, LogTable).Select(n => n <= 1 ? n : 1 + MathF.Log(n)),
    ];

    // Place of each bucket among the section's entries, 0 for none; all free between readings. Without collisions, and
    // with two bytes for each, it is read faster than a small table that has to be searched.
    private readonly ushort[] _places = new ushort[FeatureLayout.WordBuckets];

    // Entries from 1 on: place 0 of a section is the last entry of the one before it.
    private readonly int[] _buckets = new int[Capacity + 1];
    private readonly float[] _values = new float[Capacity + 1];
    private int _first;
    private int _offset;
    private int _count;

    /// <summary>Bucket numbers, each once: words, then characters, each in order of first appearance.</summary>
    public ReadOnlySpan<int> Indices => _buckets.AsSpan(1, _count);

    /// <summary>Value per bucket: sign · (1 + ln |sum|) for |sum| ≥ 1, else the signed sum.</summary>
    public Span<float> Values => _values.AsSpan(1, _count);

    /// <summary>Scalar features by <see cref="ScalarFeature"/>, unscaled.</summary>
    public float[] Scalars { get; } = new float[FeatureLayout.Scalars];

    /// <summary>Working memory of the reader: folded texts.</summary>
    internal FoldedText User { get; } = new();

    /// <summary>The same for a text that is not the user's.</summary>
    internal FoldedText Other { get; } = new();

    /// <summary>Working memory of the reader: n-grams on their way to <see cref="Add"/>.</summary>
    internal uint[] Grams { get; } = new uint[1024];

    /// <summary>Starts the word buckets of a new prompt.</summary>
    internal void StartWords()
    {
        // Nothing to free but after a reading that was broken off.
        Free();
        // Sums start at nought, and only what was used has to be cleared.
        Values.Clear();
        Scalars.AsSpan().Clear();
        (_count, _first, _offset) = (0, 0, 0);
    }

    /// <summary>Ends the words and starts the character buckets.</summary>
    internal void StartChars()
    {
        Free();
        (_first, _offset) = (_count, FeatureLayout.WordBuckets);
    }

    /// <summary>Counts n-grams: the bucket within its section in the low 16 bits, the sign in the highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ReadOnlySpan<uint> grams, float weight)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grams.Length, Capacity - _count, nameof(grams));
        ref ushort places = ref MemoryMarshal.GetArrayDataReference(_places);
        ref int buckets = ref _buckets[_first];
        ref float values = ref _values[_first];
        uint bits = BitConverter.SingleToUInt32Bits(weight);
        uint offset = (uint)_offset;
        uint count = (uint)(_count - _first);
        foreach (uint gram in grams)
        {
            uint bucket = gram & 0xFFFF;
            uint place = Unsafe.Add(ref places, bucket);
            // Without a branch: whether a bucket is new cannot be foretold.
            uint added = (place - 1) >> 31;
            count += added;
            place += count & (0 - added);
            Unsafe.Add(ref places, bucket) = (ushort)place;
            Unsafe.Add(ref buckets, place) = (int)(bucket + offset);
            Unsafe.Add(ref values, place) += BitConverter.UInt32BitsToSingle(bits ^ (gram & 0x8000_0000));
        }

        _count = _first + (int)count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Free()
    {
        ref ushort places = ref MemoryMarshal.GetArrayDataReference(_places);
        foreach (int bucket in Indices[_first..])
            Unsafe.Add(ref places, bucket & (FeatureLayout.WordBuckets - 1)) = 0;
        _first = _count;
    }

    /// <summary>Turns sums into values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Finish()
    {
        Free();
        Span<float> values = Values;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var sizes = Vector256.Create<float>(s_sizes);
            for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Span<float> block = values.Slice(i, Vector256<float>.Count);
                var sums = Vector256.Create<float>(block);
                Vector256<float> size = Vector256.Abs(sums);
                Vector256<int> whole = Vector256.ConvertToInt32Native(size);
                if (
                    Vector256.EqualsAll(Vector256.ConvertToSingle(whole), size)
                    && Vector256.LessThanAll(size, Vector256.Create((float)Vector256<float>.Count))
                )
                    (Vector256.ShuffleNative(sizes, whole) | (sums ^ size)).CopyTo(block);
                else
                    Finish(block);
            }
        }

        Finish(values[i..]);
    }

    private static void Finish(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float size = MathF.Abs(values[i]);
            if (size <= 1)
                continue;
            int whole = (int)size;
            values[i] = MathF.CopySign(
                whole == size && whole < LogTable ? s_sizes[whole] : 1 + MathF.Log(size),
                values[i]
            );
        }
    }
}
