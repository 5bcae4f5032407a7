using Wye.Primitives;

namespace Wye.Sessions;

/// <summary>What is remembered of a conversation after its last answer. Holds no text.</summary>
/// <param name="Model">Model that answered.</param>
/// <param name="Deployment">Deployment that answered; its provider's prompt cache holds the conversation.</param>
public readonly record struct SessionMemory(ModelId Model, DeploymentId Deployment)
{
    /// <summary>Prompt tokens the provider is expected to have cached; 0 = none.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Turns in a row for which a cheaper model would have done.</summary>
    public int LowerWanted { get; init; }

    /// <summary>How often the conversation has gone to a cheaper model; each time doubles the patience before the next.</summary>
    public int Descents { get; init; }
}
