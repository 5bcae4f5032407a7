namespace Wye.Chat;

/// <summary>What a writer must know of the model it writes for. Immutable.</summary>
public sealed record ChatTarget
{
    /// <summary>Nothing known.</summary>
    public static ChatTarget Unknown { get; } = new();

    /// <summary>Most output tokens of the model; null = unknown.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether it takes a reasoning setting; default false.</summary>
    public bool Reasons { get; init; }

    /// <summary>Whether it decides itself how long to think and takes an effort, not a budget; default false.</summary>
    public bool AdaptiveThinking { get; init; }

    /// <summary>Whether it thinks before every answer and refuses to be told not to; default false.</summary>
    public bool AlwaysThinks { get; init; }

    /// <summary>
    /// Whether it refuses a call of a tool in its history without the proof of the thinking that led to it; default false.
    /// </summary>
    public bool SignedToolCalls { get; init; }

    /// <summary>Whether it refuses temperature and other sampling settings, OpenAI's reasoning models stop sequences too; default false.</summary>
    public bool FixedSampling { get; init; }

    /// <summary>How many stop sequences its server takes; null = no known bound.</summary>
    public int? MostStops { get; init; }

    /// <summary>Whether its server takes the output bound only under its older name; default false.</summary>
    public bool OlderOutputBound { get; init; }

    /// <summary>Whether its server refuses <c>stream_options</c>; default false.</summary>
    public bool NoStreamOptions { get; init; }
}
