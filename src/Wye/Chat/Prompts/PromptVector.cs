namespace Wye.Chat.Prompts;

/// <summary>What an encoder gave: a vector, or why there is none.</summary>
/// <param name="Values">The vector, of length 1; empty when it failed.</param>
/// <param name="Failure">A few words for <c>why</c>, without anything of the prompt or the key; null = there is a vector.</param>
internal readonly record struct PromptVector(ReadOnlyMemory<float> Values, string? Failure)
{
    public static PromptVector Failed(string why) => new(default, why);
}
