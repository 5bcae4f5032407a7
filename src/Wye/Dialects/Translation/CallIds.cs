namespace Wye.Dialects.Translation;

/// <summary>Ids of tool calls whose provider gives none.</summary>
internal static class CallIds
{
    /// <summary>The provider's id, or one made from the answer's, so that two turns of a conversation do not share it.</summary>
    public static string Of(string? id, string? answer, int index) =>
        !string.IsNullOrEmpty(id) ? id
        : string.IsNullOrEmpty(answer) ? $"call_0_{index}"
        : $"call_{answer}_{index}";
}
