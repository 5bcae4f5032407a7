namespace Wye.Simulator.Models;

/// <summary>One model the Simulator plays: its skill, its price and its pace.</summary>
/// <remarks>Skill is what routing tries to guess; it is known here only, never on the wire.</remarks>
public sealed record SimulatedModel
{
    /// <summary>The name callers send as <c>model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>0 (answers nothing right) to 1; see <see cref="Truth.GroundTruth.ProbabilityCorrect(string, string)"/>.</summary>
    public required double Skill { get; init; }

    /// <summary>Pico-dollars per token.</summary>
    public required TokenPrices Prices { get; init; }

    /// <summary>Time to the first token at latency scale 1. Default 400 ms.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Time per further output token at latency scale 1. Default 10 ms.</summary>
    public TimeSpan PerToken { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Most tokens of input and output together. Default 128,000.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>Most output tokens of one choice. Default 16,384.</summary>
    public int MaxOutputTokens { get; init; } = 16_384;

    /// <summary>True for a model that spends hidden reasoning tokens before it answers. Default false.</summary>
    public bool Reasons { get; init; }

    /// <summary>Length of its vectors when the model embeds instead of chatting; 0: a chat model (default).</summary>
    public int EmbeddingDimensions { get; init; }

    /// <summary>The <c>owned_by</c> of the model list. Default "simulator".</summary>
    public string Owner { get; init; } = "simulator";
}
