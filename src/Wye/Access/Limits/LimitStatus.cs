namespace Wye.Access.Limits;

/// <summary>How much of a limit is left.</summary>
/// <param name="Limit">Its value.</param>
/// <param name="Remaining">What is left now, never below 0.</param>
/// <param name="Reset">Until all of it is there again if nothing more comes.</param>
public readonly record struct LimitStatus(long Limit, long Remaining, TimeSpan Reset);
