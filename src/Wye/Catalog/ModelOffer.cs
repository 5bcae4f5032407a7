using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>What the built-in table knows of one model at one provider.</summary>
public sealed record ModelOffer
{
    /// <summary>The model.</summary>
    public required ModelId Model { get; init; }

    /// <summary>Who serves it.</summary>
    public required ProviderId Provider { get; init; }

    /// <summary>What the provider calls the model.</summary>
    public required string UpstreamName { get; init; }

    /// <summary>Price there, when it is not the model's list price; null = the list price.</summary>
    public Price? OwnPrice { get; init; }

    /// <summary>First day on which this provider no longer serves it; null = none announced.</summary>
    public DateOnly? RetiresOn { get; init; }

    /// <summary>Where the facts stand, with the day; null = as the model's.</summary>
    public string? Source { get; init; }
}
