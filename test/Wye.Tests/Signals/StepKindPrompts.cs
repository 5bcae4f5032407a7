using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Signals;

/// <summary>Own-written prompts, each labelled with its step kind.</summary>
internal static partial class StepKindPrompts
{
    public static ImmutableArray<LabelledPrompt> Tuned { get; } = Read(TunedLines);

    public static ImmutableArray<LabelledPrompt> HeldOut { get; } = Read(HeldOutLines);

    private static ImmutableArray<LabelledPrompt> Read(string lines)
    {
        var prompts = ImmutableArray.CreateBuilder<LabelledPrompt>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var first = line.IndexOf('|', StringComparison.Ordinal);
            var second = line.IndexOf('|', first + 1);
            StepKinds.TryParse(line[..first].Trim(), out var kind).ShouldBeTrue(line);
            prompts.Add(new LabelledPrompt(kind, Text(line[(first + 1)..second]), Text(line[(second + 1)..])));
        }

        return prompts.ToImmutable();
    }

    private static string Text(string cell) => cell.Trim().Replace("\\n", "\n", StringComparison.Ordinal);
}

/// <summary>A prompt, its system prompt (empty = none) and what it really is.</summary>
internal sealed record LabelledPrompt(StepKind Kind, string System, string User);
