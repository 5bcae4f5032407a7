using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wye.Quality.Heads;

/// <summary>Keeps the most similar rows of those offered; of equals the ones offered first. Not thread-safe, reused.</summary>
internal sealed class NearestRows
{
    /// <summary>Most rows that may be offered at once.</summary>
    public const int MostOffered = 64;

    private const int Room = (4 * EstimateScratch.Limit) + (2 * MostOffered);

    private readonly int[] _similar = new int[Room];
    private readonly int[] _rows = new int[Room];
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
        // Not in the field: each step would wait until it is written and read again.
        int count = Count;
        int i = 0;
        for (; Avx512F.IsSupported && i <= similar.Length - Vector512<int>.Count; i += Vector512<int>.Count)
        {
            var values = Vector512.Create(similar[i..]);
            count = Keep(
                count,
                Vector512.GreaterThan(values, Vector512.Create(_least)),
                values,
                Vector512.CreateSequence(first + i, 1)
            );
        }

        for (; Avx2.IsSupported && i <= similar.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var values = Vector256.Create(similar[i..]);
            count = Keep(
                count,
                Vector256.GreaterThan(values, Vector256.Create(_least)),
                values,
                Vector256.CreateSequence(first + i, 1)
            );
        }

        for (; i < similar.Length; i++)
        {
            if (similar[i] <= _least)
                continue;
            (_similar[count], _rows[count]) = (similar[i], first + i);
            count++;
        }

        Count = count;
        // Early, so that most of what follows is too far to be kept.
        if (count > Math.Max(4 * _most, MostOffered))
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
        _least = least;
        int count = 0;
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
            count = Keep(count, near, values, Vector512.Create(rows[i..]));
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
            count = Keep(count, near, values, Vector256.Create(rows[i..]));
        }

        for (; i < similar.Length; i++)
        {
            // Without a branch: which ones stay cannot be foretold.
            int value = similar[i];
            (_similar[count], _rows[count]) = (value, rows[i]);
            int tie = Unsafe.BitCast<bool, byte>(value == least);
            count += Unsafe.BitCast<bool, byte>(value > least) | (tie & Unsafe.BitCast<bool, byte>(ties > 0));
            ties -= tie;
        }

        Count = count;
    }

    // Writes a whole vector: what is beyond those kept is overwritten by what comes after them. Returns the place after them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Keep(int to, Vector512<int> near, Vector512<int> similar, Vector512<int> rows)
    {
        Avx512F.Compress(Vector512<int>.Zero, near, similar).CopyTo(_similar, to);
        Avx512F.Compress(Vector512<int>.Zero, near, rows).CopyTo(_rows, to);
        return to + BitOperations.PopCount(near.ExtractMostSignificantBits());
    }

    // The same by a table: a processor with vectors of eight cannot move the near ones together by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Keep(int to, Vector256<int> near, Vector256<int> similar, Vector256<int> rows)
    {
        uint chosen = near.ExtractMostSignificantBits();
        Vector256<int> order = Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(_orders[chosen]).AsByte());
        Avx2.PermuteVar8x32(similar, order).CopyTo(_similar, to);
        Avx2.PermuteVar8x32(rows, order).CopyTo(_rows, to);
        return to + BitOperations.PopCount(chosen);
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

    // The count-th largest, and how many that are equal to it belong to the count: the range is halved until it holds one value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Least, int Ties) Bound(ReadOnlySpan<int> values, int count)
    {
        int low = TensorPrimitives.Min(values);
        int high = TensorPrimitives.Max(values);
        int above = 0;
        while (low < high)
        {
            // Of the range's size, which may need all 32 bits.
            int middle = low + (int)((uint)(high - low) / 2);
            int larger = Larger(values, middle);
            if (larger >= count)
                low = middle + 1;
            else
                (high, above) = (middle, larger);
        }

        return (low, count - above);
    }

    // How many are larger.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Larger(ReadOnlySpan<int> values, int than)
    {
        int i = 0;
        int larger = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref int first = ref MemoryMarshal.GetReference(values);
            var limit = Vector256.Create(than);
            // Where it holds, all bits are set: minus one.
            Vector256<int> fewer = Vector256<int>.Zero;
            Vector256<int> beside = fewer;
            for (; i <= values.Length - 16; i += 16)
            {
                fewer += Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), limit);
                beside += Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i + 8), limit);
            }

            larger = -Vector256.Sum(fewer + beside);
        }

        for (; i < values.Length; i++)
            larger += Unsafe.BitCast<bool, byte>(values[i] > than);
        return larger;
    }
}
