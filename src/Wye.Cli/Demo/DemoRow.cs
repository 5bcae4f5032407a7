using Wye.Cli.Http;

namespace Wye.Cli.Demo;

/// <summary>One prompt, what came back and what the truth says.</summary>
/// <param name="Prompt">What was sent.</param>
/// <param name="Answer">What came back, with its headers.</param>
/// <param name="Facts">What the ledger says; null = the request failed.</param>
internal sealed record DemoRow(DemoPrompt Prompt, ChatAnswer Answer, LedgerFacts? Facts)
{
    /// <summary>Whether it was streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>Whether the answer was right.</summary>
    public bool Right { get; init; }

    /// <summary>Whether the strong model would have been right.</summary>
    public bool StrongRight { get; init; }

    /// <summary>Whether the cheapest model would have been right.</summary>
    public bool CheapRight { get; init; }

    /// <summary>The model that the learned router would have chosen; null = it abstained.</summary>
    public string? LearnedModel { get; init; }

    /// <summary>Whether that model would have been right.</summary>
    public bool LearnedRight { get; init; }
}
