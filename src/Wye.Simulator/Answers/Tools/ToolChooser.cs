namespace Wye.Simulator.Answers.Tools;

/// <summary>Decides which of the offered tools a generated answer calls.</summary>
/// <remarks>
/// After a user message, unless the caller forbade tools: those whose names stand in the prompt (underscores may be spaces);
/// else the first one when the caller requires a tool or the prompt says "use", "call" and "tool". "In parallel" with one tool calls it twice.
/// </remarks>
internal static class ToolChooser
{
    public static List<SimulatedTool> Choose(SimulatedCall call, string key)
    {
        List<SimulatedTool> chosen = [];
        if (call.Tools.Count == 0 || call.ToolWish == ToolWish.Never || !call.EndsWithUser)
        {
            return chosen;
        }

        if (call.ForcedTool is { } forced)
        {
            chosen.AddRange(call.Tools.Where(t => string.Equals(t.Name, forced, StringComparison.Ordinal)).Take(1));
            return chosen;
        }

        chosen.AddRange(call.Tools.Where(t => IsNamed(key, t.Name)));
        if (chosen.Count == 0 && (call.ToolWish == ToolWish.Required || AsksForATool(key)))
        {
            chosen.Add(call.Tools[0]);
        }

        if (!call.ParallelTools && chosen.Count > 1)
        {
            chosen.RemoveRange(1, chosen.Count - 1);
        }
        else if (call.ParallelTools && chosen.Count == 1 && key.Contains("in parallel", StringComparison.Ordinal))
        {
            chosen.Add(chosen[0]);
        }

        return chosen;
    }

    private static bool IsNamed(string key, string tool) =>
        key.Contains(tool, StringComparison.OrdinalIgnoreCase)
        || (tool.Contains('_') && key.Contains(tool.Replace('_', ' '), StringComparison.OrdinalIgnoreCase));

    private static bool AsksForATool(string key) =>
        key.Contains("tool", StringComparison.Ordinal)
        && (key.Contains("use ", StringComparison.Ordinal) || key.Contains("call ", StringComparison.Ordinal));
}
