namespace Wye.Dialects.OpenAi.Completions;

/// <summary>Top-level members of a completions request that are read; the value is the bit by which duplicates are seen.</summary>
internal enum CompletionKey
{
    Unknown,
    Refused,
    Model,
    Prompt,
    Stream,
    StreamOptions,
    MaxTokens,
    Temperature,
    TopP,
    PresencePenalty,
    FrequencyPenalty,
    N,
    BestOf,
    Stop,
    User,
    LogProbs,
    Echo,
}
