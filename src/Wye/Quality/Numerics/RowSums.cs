using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wye.Quality.Numerics;

/// <summary>Weighted sums of some rows of a table.</summary>
internal static class RowSums
{
    /// <summary>to += factor · row for several rows of the length of <paramref name="to"/>, one after another.</summary>
    /// <remarks>What is summed up stays in registers: a row at a time it would be written and read again for every row. Several sums stand
    /// side by side, so that one need not wait for the other.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(
        ReadOnlySpan<float> from,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<float> factors,
        Span<float> to
    )
    {
        int width = to.Length;
        Require(from, rows, width);
        ref float source = ref MemoryMarshal.GetReference(from);
        factors = factors[..rows.Length];
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= width - 8; i += 8)
        {
            var sum = Vector256.Create(to[i..]);
            for (int r = 0; r < rows.Length; r++)
                sum += Vector256.LoadUnsafe(ref source, (nuint)((rows[r] * width) + i)) * factors[r];
            sum.CopyTo(to[i..]);
        }

        for (; i < width; i++)
        {
            for (int r = 0; r < rows.Length; r++)
                to[i] += factors[r] * from[(rows[r] * width) + i];
        }
    }

    /// <inheritdoc cref="AddScaled(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(
        ReadOnlySpan<sbyte> from,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<float> factors,
        Span<float> to
    )
    {
        int width = to.Length;
        Require(from, rows, width);
        ref sbyte source = ref MemoryMarshal.GetReference(from);
        factors = factors[..rows.Length];
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= width - 32; i += 32)
        {
            Span<float> part = to.Slice(i, 32);
            var (a, b) = (Vector256.Create(part), Vector256.Create(part[8..]));
            var (c, d) = (Vector256.Create(part[16..]), Vector256.Create(part[24..]));
            for (int r = 0; r < rows.Length; r++)
            {
                ref sbyte row = ref Unsafe.Add(ref source, (rows[r] * width) + i);
                var factor = Vector256.Create(factors[r]);
                a = Vector256.FusedMultiplyAdd(Lanes.Eight(ref row), factor, a);
                b = Vector256.FusedMultiplyAdd(Lanes.Eight(ref Unsafe.Add(ref row, 8)), factor, b);
                c = Vector256.FusedMultiplyAdd(Lanes.Eight(ref Unsafe.Add(ref row, 16)), factor, c);
                d = Vector256.FusedMultiplyAdd(Lanes.Eight(ref Unsafe.Add(ref row, 24)), factor, d);
            }

            a.CopyTo(part);
            b.CopyTo(part[8..]);
            c.CopyTo(part[16..]);
            d.CopyTo(part[24..]);
        }

        for (; Vector256.IsHardwareAccelerated && i <= width - 24; i += 24)
        {
            Span<float> part = to.Slice(i, 24);
            var (a, b, c) = (Vector256.Create(part), Vector256.Create(part[8..]), Vector256.Create(part[16..]));
            for (int r = 0; r < rows.Length; r++)
            {
                ref sbyte row = ref Unsafe.Add(ref source, (rows[r] * width) + i);
                var factor = Vector256.Create(factors[r]);
                a = Vector256.FusedMultiplyAdd(Lanes.Eight(ref row), factor, a);
                b = Vector256.FusedMultiplyAdd(Lanes.Eight(ref Unsafe.Add(ref row, 8)), factor, b);
                c = Vector256.FusedMultiplyAdd(Lanes.Eight(ref Unsafe.Add(ref row, 16)), factor, c);
            }

            a.CopyTo(part);
            b.CopyTo(part[8..]);
            c.CopyTo(part[16..]);
        }

        for (; Vector256.IsHardwareAccelerated && i <= width - 8; i += 8)
        {
            var sum = Vector256.Create(to[i..]);
            for (int r = 0; r < rows.Length; r++)
            {
                ref sbyte row = ref Unsafe.Add(ref source, (rows[r] * width) + i);
                sum = Vector256.FusedMultiplyAdd(Lanes.Eight(ref row), Vector256.Create(factors[r]), sum);
            }

            sum.CopyTo(to[i..]);
        }

        for (; i < width; i++)
        {
            for (int r = 0; r < rows.Length; r++)
                to[i] += factors[r] * from[(rows[r] * width) + i];
        }
    }

    // Once for all rows: their values are read unchecked.
    private static void Require<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> rows, int width)
    {
        foreach (int row in rows)
            _ = from.Slice(row * width, width);
    }
}
