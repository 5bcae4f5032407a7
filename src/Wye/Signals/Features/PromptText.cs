namespace Wye.Signals.Features;

/// <summary>The parts of a request that features are read from, as UTF-8.</summary>
/// <remarks>Missing parts are empty. The spans are only read while <see cref="FeatureHasher.Read"/> runs.</remarks>
internal readonly ref struct PromptText
{
    /// <summary>Last user turn; of a long one only the head and the tail are read.</summary>
    public ReadOnlySpan<byte> User { get; init; }

    /// <summary>System prompt, weighted lower than the user turn.</summary>
    public ReadOnlySpan<byte> System { get; init; }

    /// <summary>Tool definitions as JSON; their names are hashed, weighted lower than the user turn.</summary>
    public ReadOnlySpan<byte> Tools { get; init; }
}
