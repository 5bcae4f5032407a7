using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wye.Learning.Numerics;

/// <summary>Inner loops of training.</summary>
internal static class Vectors
{
    /// <summary>to += scale · from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to)
    {
        int width = Vector<float>.Count;
        int i = 0;
        if (from.Length >= width)
        {
            ref float source = ref MemoryMarshal.GetReference(from);
            ref float target = ref MemoryMarshal.GetReference(to);
            var factor = new Vector<float>(scale);
            for (; i <= from.Length - width; i += width)
            {
                Vector<float> sum = Vector.FusedMultiplyAdd(
                    Vector.LoadUnsafe(ref source, (nuint)i),
                    factor,
                    Vector.LoadUnsafe(ref target, (nuint)i)
                );
                sum.StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < from.Length; i++)
            to[i] += scale * from[i];
    }

    /// <summary>Sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int width = Vector<float>.Count;
        var sum0 = Vector<float>.Zero;
        var sum1 = Vector<float>.Zero;
        int i = 0;
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        for (; i <= a.Length - (2 * width); i += 2 * width)
        {
            sum0 = Vector.FusedMultiplyAdd(
                Vector.LoadUnsafe(ref x, (nuint)i),
                Vector.LoadUnsafe(ref y, (nuint)i),
                sum0
            );
            sum1 = Vector.FusedMultiplyAdd(
                Vector.LoadUnsafe(ref x, (nuint)(i + width)),
                Vector.LoadUnsafe(ref y, (nuint)(i + width)),
                sum1
            );
        }

        float sum = Vector.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Scales to length 1; a zero vector stays.</summary>
    public static void Normalise(Span<float> v)
    {
        float length = MathF.Sqrt(Dot(v, v));
        if (length <= 0)
            return;
        float factor = 1 / length;
        for (int i = 0; i < v.Length; i++)
            v[i] *= factor;
    }
}
