namespace Wye.Dialects.Anthropic.Requests;

/// <summary>Top-level members of a messages request that are read; the value is the bit by which duplicates are seen.</summary>
internal enum RequestKey
{
    Unknown,
    Refused,
    Model,
    Messages,
    System,
    MaxTokens,
    Metadata,
    StopSequences,
    Stream,
    Temperature,
    TopP,
    TopK,
    Tools,
    ToolChoice,
    Thinking,
    OutputConfig,
    OutputFormat,
    Thread,
}
