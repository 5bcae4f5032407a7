using Wye.Primitives;
using Wye.Routing.Selection;

namespace Wye.Cli.Demo;

/// <summary>A step of the example workflow with the tokens it is priced for.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Kind">Its kind, which decides its tier.</param>
/// <param name="InputTokens">Tokens in.</param>
/// <param name="OutputTokens">Tokens out.</param>
internal sealed record WorkflowStep(string Name, StepKind Kind, int InputTokens, int OutputTokens)
{
    /// <summary>The tier that the <c>static</c> policy gives the kind by default.</summary>
    public TierClass Tier => StepTierDefaults.Of(Kind, InputTokens);
}
