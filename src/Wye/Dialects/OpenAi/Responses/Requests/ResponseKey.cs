namespace Wye.Dialects.OpenAi.Responses.Requests;

/// <summary>Top-level members of a responses request that are read; the value is the bit by which duplicates are seen.</summary>
internal enum ResponseKey
{
    Unknown,
    Refused,
    Model,
    Input,
    Instructions,
    PreviousResponseId,
    Store,
    Stream,
    MaxOutputTokens,
    Temperature,
    TopP,
    User,
    Tools,
    ToolChoice,
    ParallelToolCalls,
    Text,
    Reasoning,
    Metadata,
    Background,
    Conversation,
    Prompt,
    TopLogProbs,
    Truncation,
}
