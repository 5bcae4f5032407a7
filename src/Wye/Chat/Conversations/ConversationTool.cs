namespace Wye.Chat.Conversations;

/// <summary>A tool that the model may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does; null = not said.</param>
/// <param name="Schema">JSON schema of its arguments, raw JSON; null = none.</param>
public sealed record ConversationTool(string Name, string? Description, string? Schema)
{
    /// <summary>Whether arguments must follow the schema exactly; null = not said.</summary>
    public bool? Strict { get; init; }
}
