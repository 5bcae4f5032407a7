using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wye.Quality.Numerics;

/// <summary>Exact sums of products of 8-bit rows with one vector of whole numbers.</summary>
internal static class ByteDots
{
    /// <summary>Fits a vector into bytes, once for all rows it is multiplied with; empty where that is not possible or no use.</summary>
    /// <param name="with">The vector. Nearly always it fits: it is in units of the rows', of which the largest is 127.</param>
    /// <param name="room">Room for it, at least as long.</param>
    public static ReadOnlySpan<sbyte> Narrow(ReadOnlySpan<short> with, Span<sbyte> room)
    {
        if (!Avx2.IsSupported || Avx512BW.IsSupported || with.Length % 32 != 0)
            return default;
        room = room[..with.Length];
        ref short source = ref MemoryMarshal.GetReference(with);
        ref sbyte target = ref MemoryMarshal.GetReference(room);
        Vector256<ushort> largest = Vector256<ushort>.Zero;
        for (nuint i = 0; i < (nuint)with.Length; i += 32)
        {
            var low = Vector256.LoadUnsafe(ref source, i);
            var high = Vector256.LoadUnsafe(ref source, i + 16);
            // Without a sign: the size of the least number is one more than the largest.
            largest = Vector256.Max(largest, Vector256.Abs(low).AsUInt16());
            largest = Vector256.Max(largest, Vector256.Abs(high).AsUInt16());
            Vector256.Narrow(low, high).StoreUnsafe(ref target, i);
        }

        return Vector256.LessThanOrEqualAll(largest, Vector256.Create((ushort)sbyte.MaxValue)) ? room : default;
    }

    /// <summary>Sum of products of each row [rows × length of <paramref name="with"/>] with one vector.</summary>
    /// <param name="rows">−127..127.</param>
    /// <param name="with">As large as an exact sum of one row allows in 32 bits.</param>
    /// <param name="narrow">What <see cref="Narrow"/> made of it.</param>
    /// <param name="to">One sum per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        ReadOnlySpan<sbyte> rows,
        ReadOnlySpan<short> with,
        ReadOnlySpan<sbyte> narrow,
        Span<int> to
    )
    {
        int width = with.Length;
        if (rows.Length < to.Length * width)
            throw new ArgumentException("There are fewer rows than sums.", nameof(rows));
        int done = 0;
        if (Avx512BW.IsSupported && width % 32 == 0)
            done = Wide512(rows, with, to);
        else if (!narrow.IsEmpty)
            done = Narrow256(rows, narrow[..width], to);
        if (Avx2.IsSupported && width % 16 == 0)
            done = Wide256(rows, with, to, done);
        for (; done < to.Length; done++)
            to[done] = One(rows.Slice(done * width, width), with);
    }

    // Half the steps of the wide form: a product of bytes wants one without a sign, so the vector's signs go to the row. Two
    // products of 127 · 127 fit in 16 bits. As many rows as make whole fours.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Narrow256(ReadOnlySpan<sbyte> rows, ReadOnlySpan<sbyte> with, Span<int> to)
    {
        ref sbyte x = ref MemoryMarshal.GetReference(rows);
        ref sbyte y = ref MemoryMarshal.GetReference(with);
        nuint width = (nuint)with.Length;
        int r = 0;
        for (; r <= to.Length - 4; r += 4)
        {
            Vector256<int> a = Vector256<int>.Zero;
            Vector256<int> b = a;
            Vector256<int> c = a;
            Vector256<int> d = a;
            ref sbyte first = ref Unsafe.Add(ref x, (nuint)r * width);
            ref sbyte second = ref Unsafe.Add(ref first, width);
            ref sbyte third = ref Unsafe.Add(ref second, width);
            ref sbyte fourth = ref Unsafe.Add(ref third, width);
            for (nuint i = 0; i < width; i += 32)
            {
                var signs = Vector256.LoadUnsafe(ref y, i);
                Vector256<byte> sizes = Vector256.Abs(signs).AsByte();
                a += Products(ref first, i, sizes, signs);
                b += Products(ref second, i, sizes, signs);
                c += Products(ref third, i, sizes, signs);
                d += Products(ref fourth, i, sizes, signs);
            }

            Sums(a, b, c, d).CopyTo(to[r..]);
        }

        return r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(ref sbyte row, nuint at, Vector256<byte> sizes, Vector256<sbyte> signs) =>
        Avx2.MultiplyAddAdjacent(
            Avx2.MultiplyAddAdjacent(sizes, Avx2.Sign(Vector256.LoadUnsafe(ref row, at), signs)),
            Vector256<short>.One
        );

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Wide256(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> with, Span<int> to, int from)
    {
        int width = with.Length;
        ref sbyte x = ref MemoryMarshal.GetReference(rows);
        ref short y = ref MemoryMarshal.GetReference(with);
        int r = from;
        for (; r <= to.Length - 4; r += 4)
        {
            Vector256<int> a = Vector256<int>.Zero;
            Vector256<int> b = a;
            Vector256<int> c = a;
            Vector256<int> d = a;
            ref sbyte row = ref Unsafe.Add(ref x, r * width);
            for (int i = 0; i < width; i += 16)
            {
                Vector256<short> factor = Vector256.LoadUnsafe(ref y, (nuint)i);
                a += Avx2.MultiplyAddAdjacent(Sixteen(ref row, i), factor);
                b += Avx2.MultiplyAddAdjacent(Sixteen(ref row, i + width), factor);
                c += Avx2.MultiplyAddAdjacent(Sixteen(ref row, i + (2 * width)), factor);
                d += Avx2.MultiplyAddAdjacent(Sixteen(ref row, i + (3 * width)), factor);
            }

            Sums(a, b, c, d).CopyTo(to[r..]);
        }

        return r;
    }

    // As many rows as make whole fours.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Wide512(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> with, Span<int> to)
    {
        int width = with.Length;
        ref sbyte x = ref MemoryMarshal.GetReference(rows);
        ref short y = ref MemoryMarshal.GetReference(with);
        int r = 0;
        for (; r <= to.Length - 4; r += 4)
        {
            Vector512<int> a = Vector512<int>.Zero;
            Vector512<int> b = a;
            Vector512<int> c = a;
            Vector512<int> d = a;
            ref sbyte first = ref Unsafe.Add(ref x, r * width);
            ref sbyte second = ref Unsafe.Add(ref first, width);
            ref sbyte third = ref Unsafe.Add(ref second, width);
            ref sbyte fourth = ref Unsafe.Add(ref third, width);
            for (nuint i = 0; i < (nuint)width; i += 32)
            {
                Vector512<short> factor = Vector512.LoadUnsafe(ref y, i);
                a += Avx512BW.MultiplyAddAdjacent(ThirtyTwo(ref first, i), factor);
                b += Avx512BW.MultiplyAddAdjacent(ThirtyTwo(ref second, i), factor);
                c += Avx512BW.MultiplyAddAdjacent(ThirtyTwo(ref third, i), factor);
                d += Avx512BW.MultiplyAddAdjacent(ThirtyTwo(ref fourth, i), factor);
            }

            Sums(Halved(a), Halved(b), Halved(c), Halved(d)).CopyTo(to[r..]);
        }

        return r;
    }

    private static int One(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b)
    {
        ref sbyte x = ref MemoryMarshal.GetReference(a);
        ref short y = ref MemoryMarshal.GetReference(b);
        int i = 0;
        int sum = 0;
        if (Avx2.IsSupported)
        {
            Vector256<int> sums = Vector256<int>.Zero;
            for (; i <= a.Length - 16; i += 16)
                sums += Avx2.MultiplyAddAdjacent(Sixteen(ref x, i), Vector256.LoadUnsafe(ref y, (nuint)i));
            sum = Vector256.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<int> sums = Vector128<int>.Zero;
            for (; i <= a.Length - 16; i += 16)
            {
                (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref x, (nuint)i));
                sums += Products(low, Vector128.LoadUnsafe(ref y, (nuint)i));
                sums += Products(high, Vector128.LoadUnsafe(ref y, (nuint)i + 8));
            }

            sum = Vector128.Sum(sums);
        }

        for (; i < a.Length; i++)
            sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref y, i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        Vector256<int> sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Sixteen(ref sbyte from, int at) =>
        Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> ThirtyTwo(ref sbyte from, nuint at) =>
        Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref from, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Halved(Vector512<int> sums) => sums.GetLower() + sums.GetUpper();

    private static Vector128<int> Products(Vector128<short> a, Vector128<short> b) =>
        (Vector128.WidenLower(a) * Vector128.WidenLower(b)) + (Vector128.WidenUpper(a) * Vector128.WidenUpper(b));
}
