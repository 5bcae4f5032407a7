using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    private readonly int[] _left = new int[Room];
    private readonly ulong[] _orders = [.. Enumerable.Range(0, 256).Select(Order)];
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
        for (; Avx512F.IsSupported && i <= similar.Length - Vector512<int>.Count; i += Vector512<int>.Count)
        {
            var values = Vector512.Create(similar[i..]);
            Keep(
                Count,
                Vector512.GreaterThan(values, Vector512.Create(_least)),
                values,
                Vector512.CreateSequence(first + i, 1)
            );
        }

        for (; Avx2.IsSupported && i <= similar.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var values = Vector256.Create(similar[i..]);
            Keep(
                Count,
                Vector256.GreaterThan(values, Vector256.Create(_least)),
                values,
                Vector256.CreateSequence(first + i, 1)
            );
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

    /// <summary>Drops all but the most similar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        if (Count <= _most)
            return;
        (int least, int ties) = Bound(Similar, _most);
        ReadOnlySpan<int> similar = Similar;
        ReadOnlySpan<int> rows = Rows;
        (_least, Count) = (least, 0);
        int i = 0;
        for (; Avx512F.IsSupported && i <= similar.Length - Vector512<int>.Count; i += Vector512<int>.Count)
        {
            // Before anything is written: the places kept come no later than those looked at.
            var values = Vector512.Create(similar[i..]);
            var equal = Vector512.Equals(values, Vector512.Create(least));
            int found = BitOperations.PopCount(equal.ExtractMostSignificantBits());
            // Not all of the equal ones belong: the rest one by one.
            if (found > ties)
                break;
            ties -= found;
            Vector512<int> near = Vector512.GreaterThan(values, Vector512.Create(least)) | equal;
            Keep(Count, near, values, Vector512.Create(rows[i..]));
        }

        for (; Avx2.IsSupported && i <= similar.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var values = Vector256.Create(similar[i..]);
            var equal = Vector256.Equals(values, Vector256.Create(least));
            int found = BitOperations.PopCount(equal.ExtractMostSignificantBits());
            if (found > ties)
                break;
            ties -= found;
            Vector256<int> near = Vector256.GreaterThan(values, Vector256.Create(least)) | equal;
            Keep(Count, near, values, Vector256.Create(rows[i..]));
        }

        for (; i < similar.Length; i++)
        {
            // Without a branch: which ones stay cannot be foretold.
            int value = similar[i];
            (_similar[Count], _rows[Count]) = (value, rows[i]);
            int tie = Unsafe.BitCast<bool, byte>(value == least);
            Count += Unsafe.BitCast<bool, byte>(value > least) | (tie & Unsafe.BitCast<bool, byte>(ties > 0));
            ties -= tie;
        }
    }

    private void Keep(ReadOnlySpan<int> similar, int at, int first)
    {
        (_similar[Count], _rows[Count]) = (similar[at], first + at);
        Count++;
    }

    // Writes a whole vector: what is beyond those kept is overwritten by what comes after them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(int to, Vector512<int> near, Vector512<int> similar, Vector512<int> rows)
    {
        Avx512F.Compress(Vector512<int>.Zero, near, similar).CopyTo(_similar, to);
        Avx512F.Compress(Vector512<int>.Zero, near, rows).CopyTo(_rows, to);
        Count = to + BitOperations.PopCount(near.ExtractMostSignificantBits());
    }

    // The same by a table: a processor with vectors of eight cannot move the near ones together by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(int to, Vector256<int> near, Vector256<int> similar, Vector256<int> rows)
    {
        uint chosen = near.ExtractMostSignificantBits();
        Vector256<int> order = Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(_orders[chosen]).AsByte());
        Avx2.PermuteVar8x32(similar, order).CopyTo(_similar, to);
        Avx2.PermuteVar8x32(rows, order).CopyTo(_rows, to);
        Count = to + BitOperations.PopCount(chosen);
    }

    // The places of the bits that are set, a byte for each.
    private static ulong Order(int bits)
    {
        ulong order = 0;
        for (int place = 0, at = 0; place < Vector256<int>.Count; place++)
        {
            if ((bits >> place & 1) != 0)
                order |= (ulong)place << (8 * at++);
        }

        return order;
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
                bins[(int)((uint)(high - value) >> shift)]++;

            int bin = 0;
            for (; count > bins[bin]; bin++)
                count -= bins[bin];
            high -= bin << shift;
            low = Math.Max(low, high - (1 << shift) + 1);
            values = Within(values, low, high);
        }

        return (low, count);
    }

    // The values that are left to tell apart; they may be taken from those that were left before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> Within(ReadOnlySpan<int> values, int low, int high)
    {
        int count = 0;
        foreach (int value in values)
        {
            _left[count] = value;
            count += Unsafe.BitCast<bool, byte>((uint)(high - value) <= (uint)(high - low));
        }

        return _left.AsSpan(0, count);
    }
}
