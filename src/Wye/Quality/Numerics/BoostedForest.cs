using System.Runtime.CompilerServices;

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

    /// <summary>Adds up all trees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Predict(ReadOnlySpan<float> inputs, Span<float> heads)
    {
        int inner = (1 << Depth) - 1;
        int leaves = 1 << Depth;
        int width = heads.Length;
        Base.CopyTo(heads);
        int trees = Feature.Length / inner;
        Span<int> found = stackalloc int[Block];
        for (int first = 0; first < trees; first += Block)
        {
            Span<int> block = found[..Math.Min(Block, trees - first)];
            for (int t = 0; t < block.Length; t++)
                block[t] = (((first + t) * leaves) + LeafOf(inputs, (first + t) * inner)) * width;
            Lanes.AddRows(Leaf, block, heads);
        }
    }

    // Without a branch: which way a question goes cannot be foretold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LeafOf(ReadOnlySpan<float> inputs, int first)
    {
        int node = 0;
        for (int level = 0; level < Depth; level++)
        {
            bool right = inputs[Feature[first + node]] > Threshold[first + node];
            node = (2 * node) + 1 + Unsafe.BitCast<bool, byte>(right);
        }

        return node - ((1 << Depth) - 1);
    }
}
