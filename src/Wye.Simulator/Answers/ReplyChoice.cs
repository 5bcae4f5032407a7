using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Answers;

/// <summary>One of the answers of a reply.</summary>
internal sealed class ReplyChoice
{
    /// <summary>UTF-8; null: no text (tool calls only).</summary>
    public byte[]? Text { get; init; }

    /// <summary>Reasoning shown to the caller (dialects that have it), UTF-8.</summary>
    public byte[] Thinking { get; init; } = [];

    public ReplyToolCall[] ToolCalls { get; init; } = [];

    /// <summary>The caller's stop sequence that ended the text; null: none did.</summary>
    public string? StopText { get; init; }

    public required FinishReason Finish { get; set; }

    public IReadOnlyList<SimulatedLogProb>? LogProbs { get; init; }

    /// <summary>Bytes a stream of this choice carries: the measure of its progress.</summary>
    public long Bytes =>
        (Text?.Length ?? 0)
        + Thinking.Length
        + (ToolCalls.Length == 0 ? 0 : ToolCalls.Sum(t => (long)t.Arguments.Length));
}
