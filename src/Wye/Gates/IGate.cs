namespace Wye.Gates;

/// <summary>A verifier: looks at an answer and passes, refuses or abstains. Thread-safe; changes nothing.</summary>
internal interface IGate
{
    /// <summary>Its kind in the configuration.</summary>
    string Kind { get; }

    /// <summary>Judges.</summary>
    /// <param name="answer">The answer as it is read; valid until the verdict.</param>
    /// <param name="cancellationToken">Time is up or the caller left.</param>
    ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken);
}
