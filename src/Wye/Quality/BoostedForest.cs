namespace Wye.Quality;

/// <summary>Sum of small binary trees with one value per head in each leaf.</summary>
/// <remarks>Full trees of fixed depth: inner node i has children 2i + 1 and 2i + 2. Immutable.</remarks>
internal sealed class BoostedForest
{
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
    public void Predict(ReadOnlySpan<float> inputs, Span<float> heads)
    {
        int inner = (1 << Depth) - 1;
        int leaves = 1 << Depth;
        int width = heads.Length;
        Base.CopyTo(heads);
        int trees = Feature.Length / inner;
        for (int tree = 0; tree < trees; tree++)
        {
            int node = 0;
            int first = tree * inner;
            for (int level = 0; level < Depth; level++)
                node = (2 * node) + (inputs[Feature[first + node]] > Threshold[first + node] ? 2 : 1);
            int leaf = ((tree * leaves) + node - inner) * width;
            if (width == 1)
                heads[0] += Leaf[leaf];
            else
                Lanes.AddScaled(Leaf.AsSpan(leaf, width), 1, heads);
        }
    }
}
