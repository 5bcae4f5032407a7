namespace Wye.Simulator.Answers.Tools;

/// <summary>One call of a tool that an answer asks for.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON text, sent as it is: a test may break it on purpose.</param>
public sealed record SimulatedToolCall(string Name, string Arguments);
