using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wye.Quality;

/// <summary>Inner loops of scoring.</summary>
internal static class Lanes
{
    /// <summary>Sum of products.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);

    /// <summary>to += scale · from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to) =>
        TensorPrimitives.MultiplyAdd(from, scale, to, to);

    /// <summary>to += scale · from.</summary>
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
    public static void Dots(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> with, Span<int> to)
    {
        int width = with.Length;
        int r = 0;
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

    /// <summary>Weights end with the constant.</summary>
    public static float Linear(ReadOnlySpan<float> weights, ReadOnlySpan<float> row) =>
        Dot(weights[..row.Length], row) + weights[row.Length];

    /// <summary>Softmax in place.</summary>
    public static void Softmax(Span<float> scores, float sharpness)
    {
        float top = TensorPrimitives.Max<float>(scores);
        float sum = 0;
        for (int i = 0; i < scores.Length; i++)
            sum += scores[i] = MathF.Exp(sharpness * (scores[i] - top));
        for (int i = 0; i < scores.Length; i++)
            scores[i] /= sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Sixteen(ref sbyte from, int at) =>
        Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref from, (nuint)at));

    private static Vector128<int> Products(Vector128<short> a, Vector128<short> b) =>
        (Vector128.WidenLower(a) * Vector128.WidenLower(b)) + (Vector128.WidenUpper(a) * Vector128.WidenUpper(b));
}
