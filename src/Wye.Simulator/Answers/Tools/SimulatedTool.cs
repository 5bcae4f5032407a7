using System.Text.Json;

namespace Wye.Simulator.Answers.Tools;

/// <summary>A tool the caller offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">JSON Schema of its arguments; null: none given.</param>
public sealed record SimulatedTool(string Name, JsonElement? Schema);
