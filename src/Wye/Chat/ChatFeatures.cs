namespace Wye.Chat;

/// <summary>What a request asks of a model besides text.</summary>
[Flags]
public enum ChatFeatures
{
    /// <summary>Plain text.</summary>
    None = 0,

    /// <summary>Tools are offered.</summary>
    Tools = 1,

    /// <summary>A tool call is demanded.</summary>
    ToolRequired = 2,

    /// <summary>A message holds an image.</summary>
    Images = 4,

    /// <summary>A message holds audio, or audio is asked for.</summary>
    Audio = 8,

    /// <summary>A message holds a file or document.</summary>
    Files = 16,

    /// <summary>The answer must be JSON.</summary>
    JsonMode = 32,

    /// <summary>The answer must follow a JSON schema.</summary>
    JsonSchema = 64,

    /// <summary>Token log-probabilities are asked for.</summary>
    LogProbs = 128,

    /// <summary>More than one choice is asked for.</summary>
    ManyChoices = 256,

    /// <summary>The last message is the assistant's: the model shall continue it.</summary>
    AssistantPrefill = 512,

    /// <summary>A reasoning effort or thinking budget is set.</summary>
    Reasoning = 1024,

    /// <summary>Vectors of texts are asked for, not a chat.</summary>
    Embedding = 2048,
}
