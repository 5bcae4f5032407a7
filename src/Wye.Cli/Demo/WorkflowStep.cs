using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>A step of the example workflow with the tokens it is priced for.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Kind">Its kind, which decides its tier.</param>
/// <param name="Tier">small, medium or large: the default tier of the kind.</param>
/// <param name="InputTokens">Tokens in.</param>
/// <param name="OutputTokens">Tokens out.</param>
internal sealed record WorkflowStep(string Name, StepKind Kind, string Tier, int InputTokens, int OutputTokens);
