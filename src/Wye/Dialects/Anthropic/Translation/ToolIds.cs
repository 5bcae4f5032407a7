namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Ids of tool calls as this dialect takes them: letters, digits, <c>_</c> and <c>-</c>.</summary>
internal static class ToolIds
{
    /// <summary>The same id for the call and its result.</summary>
    public static string Of(string id)
    {
        if (id.Length > 0 && id.All(IsTaken))
        {
            return id;
        }

        return "call_" + new string([.. id.Select(c => IsTaken(c) ? c : '_')]);
    }

    private static bool IsTaken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
