namespace Wye.Simulator.Answers;

/// <summary>One message of a call.</summary>
/// <param name="Role">As the caller wrote it.</param>
/// <param name="Text">Its text parts, joined by line feeds.</param>
public sealed record SimulatedMessage(string Role, string Text);
