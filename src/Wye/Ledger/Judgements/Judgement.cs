using Wye.Primitives;

namespace Wye.Ledger.Judgements;

/// <summary>A later word on how good a request's answer was. One per request: the last one counts. Immutable.</summary>
public sealed record Judgement
{
    /// <summary>Longest <see cref="Comment"/>, in characters.</summary>
    public const int MostComment = 1_000;

    /// <summary>The request.</summary>
    public required RequestId Request { get; init; }

    /// <summary>When it was judged, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The key the request was made with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>The model that answered.</summary>
    public required ModelId Model { get; init; }

    /// <summary>How good the answer was, in millionths, 0..1,000,000.</summary>
    public required int Score { get; init; }

    /// <summary>What the judge says of it, at most <see cref="MostComment"/> characters; null = nothing, or the request's row is gone.</summary>
    public string? Comment { get; init; }

    /// <summary>What had been expected of the answer; null = the learned router did not choose this model, so nothing is learned.</summary>
    public QualityExpectation? Expected { get; init; }

    /// <summary>By how much the answer was better than expected, in millionths; 0 = nothing was expected.</summary>
    public int Missed => Expected is { } expected ? Score - expected.Millionths : 0;
}
