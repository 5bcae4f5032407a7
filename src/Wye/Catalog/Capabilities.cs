namespace Wye.Catalog;

/// <summary>What a model can do besides text.</summary>
[Flags]
public enum Capabilities
{
    /// <summary>Text only.</summary>
    None = 0,

    /// <summary>Streams its answer.</summary>
    Streaming = 1,

    /// <summary>Calls tools.</summary>
    Tools = 2,

    /// <summary>Reads images.</summary>
    Vision = 4,

    /// <summary>Reads or speaks audio.</summary>
    Audio = 8,

    /// <summary>Reads files and documents.</summary>
    Files = 16,

    /// <summary>Answers in valid JSON when told to.</summary>
    JsonMode = 32,

    /// <summary>Follows a JSON schema.</summary>
    JsonSchema = 64,

    /// <summary>Returns token log-probabilities.</summary>
    LogProbs = 128,

    /// <summary>Continues a started assistant message.</summary>
    AssistantPrefill = 256,

    /// <summary>Reasons before it answers.</summary>
    Reasoning = 512,

    /// <summary>Its provider caches prompt prefixes.</summary>
    PromptCache = 1024,

    /// <summary>Completes a bare prompt: its server speaks the older completions too.</summary>
    Completions = 2048,
}
