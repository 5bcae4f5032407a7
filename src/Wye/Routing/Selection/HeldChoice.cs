using Wye.Sessions;

namespace Wye.Routing.Selection;

/// <summary>A candidate, and what the conversation had to do with its choice.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Note">For <c>why</c>; null = the conversation did not matter.</param>
/// <param name="Session">What is to be remembered; null = nothing.</param>
internal readonly record struct HeldChoice(Candidate Candidate, string? Note, SessionTurn? Session);
