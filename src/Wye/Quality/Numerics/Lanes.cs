using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wye.Quality.Numerics;

/// <summary>Inner loops of scoring.</summary>
internal static class Lanes
{
    /// <summary>Sum of products.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);

    /// <summary>Sum of products of each row [rows × length of <paramref name="with"/>] with one vector.</summary>
    public static void Dots(ReadOnlySpan<float> rows, ReadOnlySpan<float> with, Span<float> to) =>
        Products(rows, with.Length, with, to);

    /// <summary>A linear model per row: each row of weights ends with the constant.</summary>
    public static void Linears(ReadOnlySpan<float> weights, ReadOnlySpan<float> row, Span<float> to) =>
        Products(weights, row.Length + 1, row, to);

    /// <summary>to += scale · from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            // Short rows mostly: a call would cost more than the sums.
            for (; i <= from.Length - 8; i += 8)
                (Vector256.Create(to[i..]) + (Vector256.Create(from[i..]) * scale)).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
            to[i] += scale * from[i];
    }

    /// <summary>to += the row that starts at each place, one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(ReadOnlySpan<float> from, ReadOnlySpan<int> starts, Span<float> to)
    {
        foreach (int start in starts)
            _ = from.Slice(start, to.Length);
        ref float source = ref MemoryMarshal.GetReference(from);
        int i = 0;
        for (; i <= to.Length - 8; i += 8)
        {
            var sum = Vector256.Create(to[i..]);
            foreach (int start in starts)
                sum += Vector256.LoadUnsafe(ref source, (nuint)(start + i));
            sum.CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            float sum = to[i];
            foreach (int start in starts)
                sum += from[start + i];
            to[i] = sum;
        }
    }

    /// <summary>to += scale · from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<sbyte> from, float scale, Span<float> to)
    {
        ref sbyte source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var factor = Vector256.Create(scale);
            for (; i <= from.Length - 8; i += 8)
            {
                Vector256<float> sum = Vector256.FusedMultiplyAdd(
                    Eight(ref Unsafe.Add(ref source, i)),
                    factor,
                    Vector256.LoadUnsafe(ref target, (nuint)i)
                );
                sum.StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < from.Length; i++)
            Unsafe.Add(ref target, i) += scale * Unsafe.Add(ref source, i);
    }

    /// <summary>Eight 8-bit numbers as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(ref sbyte from)
    {
        Vector128<sbyte> bytes = Vector128
            .CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref from)))
            .AsSByte();
        if (Avx2.IsSupported)
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes));
        Vector128<short> shorts = Vector128.WidenLower(bytes);
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)));
    }

    /// <summary>Sum of products of whole numbers; spans of one length.</summary>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b)
    {
        ref sbyte x = ref MemoryMarshal.GetReference(a);
        ref short y = ref MemoryMarshal.GetReference(b);
        int i = 0;
        int sum = 0;
        if (Avx2.IsSupported)
        {
            Vector256<int> sums = Vector256<int>.Zero;
            for (; i <= a.Length - 16; i += 16)
            {
                Vector256<short> wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref x, (nuint)i));
                sums += Avx2.MultiplyAddAdjacent(wide, Vector256.LoadUnsafe(ref y, (nuint)i));
            }

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

    /// <summary>Sum of products of each row [rows × length of <paramref name="with"/>] with one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> with, Span<int> to)
    {
        int width = with.Length;
        int r = 0;
        if (Avx512BW.IsSupported && width % 32 == 0)
            r = Dots512(rows, with, to);
        if (Avx2.IsSupported && width % 16 == 0)
        {
            ref sbyte x = ref MemoryMarshal.GetReference(rows);
            ref short y = ref MemoryMarshal.GetReference(with);
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

                Vector256<int> sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
                (sums.GetLower() + sums.GetUpper()).CopyTo(to[r..]);
            }
        }

        for (; r < to.Length; r++)
            to[r] = Dot(rows.Slice(r * width, width), with);
    }

    // As many rows as make whole fours.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Dots512(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> with, Span<int> to)
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

            Vector256<int> sums = Avx2.HorizontalAdd(
                Avx2.HorizontalAdd(Halved(a), Halved(b)),
                Avx2.HorizontalAdd(Halved(c), Halved(d))
            );
            (sums.GetLower() + sums.GetUpper()).CopyTo(to[r..]);
        }

        return r;
    }

    // A row that is longer than the vector ends with a constant, which is added.
    // Each sum in the same order whether its row is one of four or the last: the same on every machine.
    // By itself, and without a call while the sums are alive: inlined, they would live in memory and not in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Products(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> with, Span<float> to)
    {
        if (rows.Length < to.Length * stride)
            throw new ArgumentException("There are fewer rows than sums.", nameof(rows));
        ref float x = ref MemoryMarshal.GetReference(rows);
        ref float y = ref MemoryMarshal.GetReference(with);
        nuint length = (nuint)with.Length;
        nuint whole = length & ~(nuint)7;
        int r = 0;
        for (; r <= to.Length - 4; r += 4)
        {
            Vector256<float> a = Vector256<float>.Zero;
            Vector256<float> b = a;
            Vector256<float> c = a;
            Vector256<float> d = a;
            ref float first = ref Unsafe.Add(ref x, r * stride);
            ref float second = ref Unsafe.Add(ref first, stride);
            ref float third = ref Unsafe.Add(ref second, stride);
            ref float fourth = ref Unsafe.Add(ref third, stride);
            nuint i = 0;
            for (; i < whole; i += 8)
            {
                var factor = Vector256.LoadUnsafe(ref y, i);
                a = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref first, i), factor, a);
                b = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref second, i), factor, b);
                c = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref third, i), factor, c);
                d = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref fourth, i), factor, d);
            }

            Vector128<float> sums = Sums(a, b, c, d);
            Vector128<float> rest = Vector128<float>.Zero;
            for (; i < length; i++)
                rest += Column(ref first, ref second, ref third, ref fourth, i) * Unsafe.Add(ref y, i);
            sums += rest;
            if (stride > with.Length)
                sums += Column(ref first, ref second, ref third, ref fourth, length);
            sums.CopyTo(to[r..]);
        }

        for (; r < to.Length; r++)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            ref float row = ref Unsafe.Add(ref x, r * stride);
            nuint i = 0;
            for (; i < whole; i += 8)
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref y, i), sum);
            float rest = 0;
            for (; i < length; i++)
                rest += Unsafe.Add(ref row, i) * Unsafe.Add(ref y, i);
            to[r] = Vector256.Sum(sum) + rest + (stride > with.Length ? Unsafe.Add(ref row, length) : 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        if (!Avx.IsSupported)
            return Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Column(ref float a, ref float b, ref float c, ref float d, nuint at) =>
        Vector128.Create(Unsafe.Add(ref a, at), Unsafe.Add(ref b, at), Unsafe.Add(ref c, at), Unsafe.Add(ref d, at));

    /// <summary>Largest magnitude; 0 for none.</summary>
    public static float Largest(ReadOnlySpan<float> values) =>
        values.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(values));

    /// <summary>Rounds value / scale to 8 bits; what is beyond −127..127 is cut.</summary>
    public static void Round(ReadOnlySpan<float> values, float scale, Span<sbyte> to)
    {
        float inverse = scale > 0 ? 1 / scale : 0;
        for (int i = 0; i < values.Length; i++)
            to[i] = (sbyte)Math.Clamp(MathF.Round(values[i] * inverse), -127, 127);
    }

    /// <summary>Softmax in place.</summary>
    public static void Softmax(Span<float> scores, float sharpness)
    {
        float top = TensorPrimitives.Max<float>(scores);
        TensorPrimitives.Subtract(scores, top, scores);
        TensorPrimitives.Multiply(scores, sharpness, scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
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
