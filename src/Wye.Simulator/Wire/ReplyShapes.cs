using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary>How faults bend an answer or its usage before it is written.</summary>
internal static class ReplyShapes
{
    private const long Absurd = 1L << 53;

    public static Reply Bend(Reply reply, Fault fault) =>
        fault.Kind switch
        {
            FaultKind.EmptyChoices => With(reply, [], 0),
            FaultKind.NullContent => With(reply, [new ReplyChoice { Finish = FinishReason.Stop }], 0),
            FaultKind.ContentFilter => With(reply, [.. reply.Choices.Select(Withhold)], (reply.OutputTokens + 1) / 2),
            _ => reply,
        };

    public static WireUsage? Usage(Reply reply, long output, Fault fault) =>
        fault.Kind switch
        {
            FaultKind.UsageMissing => null,
            FaultKind.UsageNegative => new WireUsage(-reply.PromptTokens, 0, 0, -output, 0),
            FaultKind.UsageAbsurd => new WireUsage(Absurd, 0, 0, Absurd, 0),
            _ => new WireUsage(
                reply.PromptTokens,
                reply.CacheRead,
                reply.CacheWrite,
                output,
                Math.Min(output, reply.ReasoningTokens)
            ),
        };

    private static Reply With(Reply reply, ReplyChoice[] choices, long output) =>
        new()
        {
            Choices = choices,
            PromptTokens = reply.PromptTokens,
            CacheRead = reply.CacheRead,
            CacheWrite = reply.CacheWrite,
            OutputTokens = output,
            ReasoningTokens = Math.Min(output, reply.ReasoningTokens),
        };

    private static ReplyChoice Withhold(ReplyChoice choice) =>
        new()
        {
            Text = choice.Text is { } text
                ? text[..Tokenizer.PrefixLength(text, Tokenizer.Count(text.Length) / 2)]
                : null,
            Finish = FinishReason.ContentFilter,
        };

    public static byte[] HugeText(int bytes) => Filled(bytes, (byte)'x');

    public static byte[] HugeSpace(int bytes) => Filled(bytes, (byte)' ');

    private static byte[] Filled(int bytes, byte value)
    {
        var text = new byte[bytes];
        Array.Fill(text, value);
        return text;
    }
}
