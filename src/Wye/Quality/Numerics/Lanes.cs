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
        // Three sums side by side: one alone waits for each addition before the next.
        for (; i <= to.Length - 24; i += 24)
        {
            Span<float> part = to.Slice(i, 24);
            var (a, b, c) = (Vector256.Create(part), Vector256.Create(part[8..]), Vector256.Create(part[16..]));
            foreach (int start in starts)
            {
                ref float row = ref Unsafe.Add(ref source, start + i);
                a += Vector256.LoadUnsafe(ref row);
                b += Vector256.LoadUnsafe(ref row, 8);
                c += Vector256.LoadUnsafe(ref row, 16);
            }

            a.CopyTo(part);
            b.CopyTo(part[8..]);
            c.CopyTo(part[16..]);
        }

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
}
