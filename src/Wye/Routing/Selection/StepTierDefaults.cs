using Wye.Primitives;
using Wye.Signals;

namespace Wye.Routing.Selection;

/// <summary>The default table: step kind → tier.</summary>
public static class StepTierDefaults
{
    /// <summary>Estimated prompt tokens from which a step counts as long; default 4,000.</summary>
    public const int LongPromptTokens = 4_000;

    /// <summary>The class a step wants; summaries, translations and tool choices want more when the prompt is long.</summary>
    public static TierClass Of(StepKind kind, int promptTokens) =>
        kind switch
        {
            StepKind.Classify
            or StepKind.Route
            or StepKind.Validate
            or StepKind.Format
            or StepKind.Template
            or StepKind.Extract
            or StepKind.Safety => TierClass.Small,
            StepKind.Summarize or StepKind.Translate or StepKind.ToolSelect => promptTokens >= LongPromptTokens
                ? TierClass.Medium
                : TierClass.Small,
            StepKind.Reason or StepKind.Design or StepKind.Judge or StepKind.Decompose or StepKind.Plan =>
                TierClass.Large,
            _ => TierClass.Medium,
        };

    /// <summary>The class of a request's step.</summary>
    public static TierClass Of(SignalSet signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return Of(signals.StepKind, signals.PromptTokens);
    }
}
