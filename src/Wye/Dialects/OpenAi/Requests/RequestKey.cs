namespace Wye.Dialects.OpenAi.Requests;

/// <summary>Top-level members of a chat request that are read; the value is the bit by which duplicates are seen.</summary>
internal enum RequestKey
{
    Unknown,
    Refused,
    Model,
    Messages,
    Stream,
    StreamOptions,
    MaxTokens,
    MaxCompletionTokens,
    Temperature,
    TopP,
    PresencePenalty,
    FrequencyPenalty,
    N,
    Stop,
    Seed,
    User,
    Tools,
    ToolChoice,
    Functions,
    FunctionCall,
    ResponseFormat,
    LogProbs,
    TopLogProbs,
    Modalities,
    Audio,
    ReasoningEffort,
    Reasoning,
    Thinking,
}
