using Wye.Gates.Judging;

namespace Wye.Gates;

/// <summary>A gate of the configuration, ready to judge.</summary>
/// <param name="Gate">What judges.</param>
internal sealed record GateEntry(IGate Gate)
{
    /// <summary>The judge in it, which asks a model; null = none.</summary>
    public JudgeGate? Judge { get; init; }

    /// <summary>What it is made of; gates of one stamp say the same of an answer. Null = nobody can tell.</summary>
    public string? Stamp { get; init; }

    /// <summary>Alternatives per token that it wants the log-probabilities of, 0..20; null = it reads none.</summary>
    public int? LogProbs { get; init; }

    /// <summary>Whether an answer that begins by declining is refused at once.</summary>
    public bool RefusesEarly { get; init; }
}
