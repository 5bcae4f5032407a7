namespace Wye.Chat.Conversations;

/// <summary>The answer must be JSON.</summary>
/// <param name="Schema">JSON schema it must follow, raw JSON; null = any JSON object.</param>
/// <param name="Name">Name of the schema; null = none.</param>
public sealed record AnswerFormat(string? Schema, string? Name = null)
{
    /// <summary>What the schema is for, in words to the model; null = not said.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the provider shall hold the model to the schema; null = as far as it can.</summary>
    public bool? Strict { get; init; }
}
