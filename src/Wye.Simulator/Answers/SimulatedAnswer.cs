using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Answers;

/// <summary>A scripted answer; what is left null is worked out as for a generated one.</summary>
public sealed record SimulatedAnswer
{
    /// <summary>The text, sent as it is; null: none.</summary>
    public string? Text { get; init; }

    /// <summary>Tools to call, in order. Default none.</summary>
    public IReadOnlyList<SimulatedToolCall> ToolCalls { get; init; } = [];

    /// <summary>Null: tool calls when there are any, else stop; length when the caller's limit cut the text.</summary>
    public FinishReason? Finish { get; init; }

    /// <summary>Log-probabilities, sent when the caller asks for them; null: invented.</summary>
    public IReadOnlyList<SimulatedLogProb>? LogProbs { get; init; }

    /// <summary>Input tokens reported and billed; null: counted.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Output tokens reported and billed, reasoning included; null: counted.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>Hidden reasoning tokens. Default 0.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>What <see cref="Truth.GroundTruth.WasCorrect"/> will say; null (default): nobody can tell.</summary>
    public bool? Correct { get; init; }

    /// <summary>An answer of text only.</summary>
    public static SimulatedAnswer Of(string text) => new() { Text = text };
}
