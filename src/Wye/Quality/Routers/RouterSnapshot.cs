using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Routers;

/// <summary>A trained router: immutable, shared by all requests, replaced whole.</summary>
internal sealed class RouterSnapshot
{
    /// <summary>Name shown in <c>why</c>, e.g. the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Turns text into features.</summary>
    public required RouterEncoder Encoder { get; init; }

    /// <summary>Models in head order of <see cref="Quality"/>.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>P(answer good enough) per model; null for a router of pairs only.</summary>
    public HeadGroup? Quality { get; init; }

    /// <summary>ln(1 + output tokens) per model, NaN-free; null when the training data had no tokens.</summary>
    public LatentEstimator? Lengths { get; init; }

    /// <summary>ln(cost in USD) per model, NaN for one without known costs; null when the training data had none.</summary>
    public LatentEstimator? Costs { get; init; }

    /// <summary>Pairs with a gain head of their own.</summary>
    public IReadOnlyList<PairHeads> Pairs { get; init; } = [];

    /// <summary>What the quality heads' cells are about; null when the file does not say.</summary>
    public CellTopics? Topics { get; init; }

    /// <summary>Learned gates.</summary>
    public IReadOnlyList<LearnedGate> Gates { get; init; } = [];

    /// <summary>32-bit hashes of the normalised questions trained on, ascending: what may not be called unseen.</summary>
    public int[] TrainedQuestions { get; init; } = [];

    /// <summary>A router of no model: a file that only holds gates.</summary>
    public static RouterSnapshot Empty(string name) =>
        new()
        {
            Name = name,
            Models = [],
            Encoder = new RouterEncoder
            {
                Idf = new byte[FeatureLayout.Buckets],
                Row = [.. Enumerable.Repeat(-1, FeatureLayout.WordBuckets)],
                Projection = ByteMatrix.Of([], 0),
                Mean = new float[FeatureLayout.Scalars],
                InverseSpread = new float[FeatureLayout.Scalars],
            },
        };

    /// <summary>The same with other gates.</summary>
    public RouterSnapshot With(IReadOnlyList<LearnedGate> gates) =>
        new()
        {
            Name = Name,
            Encoder = Encoder,
            Models = Models,
            Quality = Quality,
            Lengths = Lengths,
            Costs = Costs,
            Pairs = Pairs,
            Topics = Topics,
            Gates = gates,
            TrainedQuestions = TrainedQuestions,
        };

    /// <summary>Number of a model, or −1.</summary>
    public int IndexOf(string model)
    {
        for (int m = 0; m < Models.Count; m++)
        {
            if (string.Equals(Models[m], model, StringComparison.Ordinal))
                return m;
        }

        return -1;
    }

    /// <summary>Reads and encodes a prompt into the caller's scratch; allocates nothing.</summary>
    public EncodedPrompt Encode(
        scoped in PromptText prompt,
        PromptScratch scratch,
        ReadOnlySpan<float> embedding = default
    )
    {
        FeatureHasher.Read(prompt, scratch.Features);
        Encoder.Scale(scratch.Features.Indices, scratch.Features.Values);
        Span<float> dense = scratch.Dense.AsSpan(0, Encoder.DenseWidth);
        Encoder.Densify(scratch.Features.Indices, scratch.Features.Values, scratch.Features.Scalars, dense, embedding);
        return new EncodedPrompt
        {
            Index = scratch.Features.Indices,
            Value = scratch.Features.Values,
            Dense = dense,
        };
    }
}
