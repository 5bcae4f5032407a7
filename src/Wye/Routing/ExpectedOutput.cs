using Wye.Chat;
using Wye.Primitives;
using Wye.Signals;

namespace Wye.Routing;

/// <summary>How many tokens an answer is expected to have; for comparing costs, not for reserving money.</summary>
/// <remarks>Own assumptions by step kind until outcomes say better; the smaller of this and what the caller allows counts.</remarks>
public static class ExpectedOutput
{
    private const int LeastCopy = 100;
    private const int MostCopy = 4_000;

    /// <summary>Expected output tokens of a request.</summary>
    /// <param name="signals">What was measured.</param>
    /// <param name="request">Its output bound; vectors are no tokens.</param>
    public static int Tokens(SignalSet signals, ChatRequest request) =>
        (request.Features & ChatFeatures.Embedding) != ChatFeatures.None
            ? 0
            : Math.Min(request.MaxOutputTokens ?? int.MaxValue, Default(signals.StepKind, signals.PromptTokens));

    /// <summary>Default by step kind; formatting, translating and transforming give back about what they were given.</summary>
    public static int Default(StepKind kind, int promptTokens) =>
        kind switch
        {
            StepKind.Classify or StepKind.Route or StepKind.Safety => 20,
            StepKind.ToolSelect => 80,
            StepKind.Validate => 100,
            StepKind.Extract => 200,
            StepKind.Summarize or StepKind.Judge => 250,
            StepKind.Template or StepKind.Chat => 300,
            StepKind.Format or StepKind.Translate or StepKind.Transform => Math.Clamp(
                promptTokens,
                LeastCopy,
                MostCopy
            ),
            StepKind.Review or StepKind.Decompose => 600,
            StepKind.Write => 800,
            StepKind.Implement or StepKind.Synthesize or StepKind.Reason or StepKind.Plan => 900,
            StepKind.Design => 1_200,
            _ => 300,
        };
}
