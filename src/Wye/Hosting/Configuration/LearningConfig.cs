namespace Wye.Hosting.Configuration;

/// <summary>The learned router as written under <c>learning</c>.</summary>
public sealed record LearningConfig
{
    /// <summary>The router that ships with Wye.</summary>
    public const string Shipped = "shipped";

    /// <summary>No router: <c>learned</c> abstains.</summary>
    public const string None = "none";

    /// <summary>Path of a router file, or <see cref="Shipped"/> or <see cref="None"/>; null = shipped.</summary>
    public string? Router { get; init; }

    /// <summary>Name of a router that may decide though it is not marked champion; null = none may.</summary>
    public string? AllowUnproven { get; init; }

    /// <summary>Where prompts are encoded for a router trained on outside embeddings; null = nowhere.</summary>
    public EncoderConfig? Encoder { get; init; }

    /// <summary>Whether judgements of answers correct what the router expects; null = they do.</summary>
    public bool? Feedback { get; init; }
}
