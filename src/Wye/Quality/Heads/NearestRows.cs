using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wye.Quality.Heads;

/// <summary>Keeps the most similar rows of those offered; of equals the ones offered first. Not thread-safe, reused.</summary>
internal sealed class NearestRows
{
    /// <summary>Most rows that may be offered at once.</summary>
    public const int MostOffered = 64;

    private const int Room = (4 * EstimateScratch.Limit) + (2 * MostOffered);
    private const int Bins = 256;

    private readonly int[] _similar = new int[Room];
    private readonly int[] _rows = new int[Room];
    private readonly int[] _bins = new int[Bins];
    private int _most;
    private int _least;

    /// <summary>Number of rows kept.</summary>
    public int Count { get; private set; }

    /// <summary>Similarities of the rows kept.</summary>
    public ReadOnlySpan<int> Similar => _similar.AsSpan(0, Count);

    /// <summary>Numbers of the rows kept.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Starts anew and will keep that many, at most <see cref="EstimateScratch.Limit"/>.</summary>
    public void Start(int most)
    {
        (_most, _least, Count) = (most, int.MinValue, 0);
    }

    /// <summary>Offers rows that follow one another, at most <see cref="MostOffered"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(ReadOnlySpan<int> similar, int first)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(similar.Length, MostOffered, nameof(similar));
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= similar.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            uint near = Vector256
                .GreaterThan(Vector256.Create(similar[i..]), Vector256.Create(_least))
                .ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
                Keep(similar, i + BitOperations.TrailingZeroCount(near), first);
        }

        for (; i < similar.Length; i++)
        {
            if (similar[i] > _least)
                Keep(similar, i, first);
        }

        // Early, so that most of what follows is too far to be kept.
        if (Count > Math.Max(4 * _most, MostOffered))
            Finish();
    }

    private void Keep(ReadOnlySpan<int> similar, int at, int first)
    {
        (_similar[Count], _rows[Count]) = (similar[at], first + at);
        Count++;
    }

    /// <summary>Drops all but the most similar.</summary>
    public void Finish()
    {
        if (Count <= _most)
            return;
        int kept = Part(0, _most);
        Count = kept;
        _least = TensorPrimitives.Min<int>(Similar);
    }

    /// <summary>Puts the most similar of the rows from one place on before the others, in the order they have.</summary>
    /// <param name="from">First row that is looked at.</param>
    /// <param name="count">How many come first; no more than there are.</param>
    /// <returns>The place after them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Part(int from, int count)
    {
        Span<int> similar = _similar.AsSpan(from, Count - from);
        Span<int> rows = _rows.AsSpan(from, similar.Length);
        if (count <= 0 || count >= similar.Length)
            return from + Math.Clamp(count, 0, similar.Length);
        (int least, int ties) = Bound(similar, count);
        int to = 0;
        for (int i = 0; i < similar.Length; i++)
        {
            if (similar[i] < least || (similar[i] == least && --ties < 0))
                continue;
            (similar[to], similar[i]) = (similar[i], similar[to]);
            (rows[to], rows[i]) = (rows[i], rows[to]);
            to++;
        }

        return from + to;
    }

    // The count-th largest, and how many that are equal to it belong to the count: bins of the range, then of the bin it falls in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Least, int Ties) Bound(ReadOnlySpan<int> values, int count)
    {
        int low = TensorPrimitives.Min(values);
        int high = TensorPrimitives.Max(values);
        while (low < high)
        {
            int shift = Math.Max(0, BitOperations.Log2((uint)(high - low)) - BitOperations.Log2(Bins) + 1);
            Span<int> bins = _bins;
            bins.Clear();
            foreach (int value in values)
            {
                uint below = (uint)(high - value);
                if (below <= (uint)(high - low))
                    bins[(int)(below >> shift)]++;
            }

            int bin = 0;
            for (; count > bins[bin]; bin++)
                count -= bins[bin];
            high -= bin << shift;
            low = Math.Max(low, high - (1 << shift) + 1);
        }

        return (low, count);
    }
}
