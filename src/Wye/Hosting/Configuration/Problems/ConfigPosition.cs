namespace Wye.Hosting.Configuration.Problems;

/// <summary>Where a value stands in its file.</summary>
/// <param name="Line">From 1; 0 = unknown.</param>
/// <param name="Column">From 1; 0 = unknown.</param>
/// <param name="Substituted">Whether the value came from the environment, so that no message may quote it.</param>
public readonly record struct ConfigPosition(int Line, int Column, bool Substituted = false);
