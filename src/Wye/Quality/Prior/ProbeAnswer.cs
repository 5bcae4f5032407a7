namespace Wye.Quality.Prior;

/// <summary>One answer of a model that no router measured, judged.</summary>
/// <param name="Prompt">User turn, UTF-8.</param>
/// <param name="System">System prompt, UTF-8; empty = none.</param>
/// <param name="Tools">Tool definitions as JSON; empty = none.</param>
/// <param name="Score">How good the answer was, 0..1.</param>
internal sealed record ProbeAnswer(byte[] Prompt, byte[] System, byte[] Tools, float Score);
