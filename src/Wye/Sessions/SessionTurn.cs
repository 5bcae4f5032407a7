namespace Wye.Sessions;

/// <summary>A request as a turn of its conversation; travels with the plan, so that its answer can be remembered.</summary>
/// <param name="Key">The conversation.</param>
public sealed record SessionTurn(SessionKey Key)
{
    /// <summary>What was remembered when the request came; null = nothing, or the conversation begins.</summary>
    public SessionMemory? Known { get; init; }

    /// <summary><see cref="SessionMemory.LowerWanted"/> after this turn.</summary>
    public int LowerWanted { get; init; }

    /// <summary><see cref="SessionMemory.Descents"/> after this turn.</summary>
    public int Descents { get; init; }
}
