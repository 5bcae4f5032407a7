using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wye.Quality.Numerics;

/// <summary>Sum of small binary trees with one value per head in each leaf.</summary>
/// <remarks>Full trees of fixed depth: inner node i has children 2i + 1 and 2i + 2. Immutable.</remarks>
internal sealed class BoostedForest
{
    // Trees whose leaves are found before they are added.
    private const int Block = 128;

    /// <summary>Split input per inner node. [trees × inner nodes].</summary>
    public required short[] Feature { get; init; }

    /// <summary>Right when input &gt; threshold. [trees × inner nodes].</summary>
    public required float[] Threshold { get; init; }

    /// <summary>Values, learning rate included. [trees × leaves × heads].</summary>
    public required float[] Leaf { get; init; }

    /// <summary>Prediction before the first tree, per head.</summary>
    public required float[] Base { get; init; }

    /// <summary>Levels of splits per tree.</summary>
    public required int Depth { get; init; }

    // Of a finished forest: nothing is predicted before the last tree is grown.
    private Split[] Splits => field ??= [.. Feature.Select((input, node) => new Split(input, Threshold[node]))];

    /// <summary>Adds up all trees.</summary>
    /// <exception cref="IndexOutOfRangeException">A tree looks at an input that is not given.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Predict(ReadOnlySpan<float> inputs, Span<float> heads)
    {
        int leaves = 1 << Depth;
        int inner = leaves - 1;
        int width = heads.Length;
        ReadOnlySpan<Split> splits = Splits;
        Base.CopyTo(heads);
        int trees = splits.Length / inner;
        Span<int> found = stackalloc int[Block];
        for (int first = 0; first < trees; first += Block)
        {
            Span<int> block = found[..Math.Min(Block, trees - first)];
            FindLeaves(inputs, splits.Slice(first * inner, block.Length * inner), Depth, block);
            for (int t = 0; t < block.Length; t++)
                block[t] = (((first + t) * leaves) + block[t]) * width;
            Lanes.AddRows(Leaf, block, heads);
        }
    }

    // The leaf of each tree. Four trees at a time, whose looks at memory do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindLeaves(ReadOnlySpan<float> inputs, ReadOnlySpan<Split> splits, int depth, Span<int> leaves)
    {
        int inner = (1 << depth) - 1;
        int t = 0;
        for (; t <= leaves.Length - 4; t += 4)
        {
            ref Split first = ref MemoryMarshal.GetReference(splits.Slice(t * inner, 4 * inner));
            ref Split second = ref Unsafe.Add(ref first, inner);
            ref Split third = ref Unsafe.Add(ref second, inner);
            ref Split fourth = ref Unsafe.Add(ref third, inner);
            var (a, b, c, d) = (0, 0, 0, 0);
            for (int level = 0; level < depth; level++)
            {
                a = Next(inputs, Unsafe.Add(ref first, a), a);
                b = Next(inputs, Unsafe.Add(ref second, b), b);
                c = Next(inputs, Unsafe.Add(ref third, c), c);
                d = Next(inputs, Unsafe.Add(ref fourth, d), d);
            }

            Span<int> four = leaves.Slice(t, 4);
            (four[0], four[1], four[2], four[3]) = (a - inner, b - inner, c - inner, d - inner);
        }

        for (; t < leaves.Length; t++)
        {
            int node = 0;
            for (int level = 0; level < depth; level++)
                node = Next(inputs, splits[(t * inner) + node], node);
            leaves[t] = node - inner;
        }
    }

    // Without a branch: which way a question goes cannot be foretold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ReadOnlySpan<float> inputs, Split split, int node)
    {
        bool right = inputs[split.Input] > split.Threshold;
        return (2 * node) + 1 + Unsafe.BitCast<bool, byte>(right);
    }

    // Side by side: one look at memory for both.
    private readonly record struct Split(int Input, float Threshold);
}
