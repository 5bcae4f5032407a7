using System.Collections.Immutable;

namespace Wye.Hosting.Configuration;

/// <summary>A model as written under <c>models</c>: its deployments, and facts where they differ from the table's.</summary>
public sealed record ModelConfig
{
    /// <summary>Its name; a name or alias of the built-in table brings that table's facts.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is served; null = at every configured provider that is known to serve it.</summary>
    public ImmutableArray<DeploymentConfig>? Deployments { get; init; }

    /// <summary>What it is asked for: <c>chat</c>, <c>special</c>, <c>embedding</c>; null = the table's, else chat.</summary>
    public string? Kind { get; init; }

    /// <summary>Who made it; null = the table's.</summary>
    public string? Maker { get; init; }

    /// <summary>List price; null = the table's.</summary>
    public PriceConfig? Price { get; init; }

    /// <summary>Tokens of prompt and answer together; null = the table's.</summary>
    public int? Context { get; init; }

    /// <summary>Tokens of one answer; null = the table's.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>Names of capabilities; null = the table's.</summary>
    public ImmutableArray<string>? Capabilities { get; init; }

    /// <summary>Quality class; null = the table's.</summary>
    public string? Tier { get; init; }

    /// <summary>The model whose measured quality shall speak for it in learned routing; null = its own, else by the built-in table or its tier.</summary>
    public string? Like { get; init; }

    /// <summary>Folder with a labelled set of the model's own answers, by which learned routing corrects the profile that speaks for it; null = none.</summary>
    public string? Probe { get; init; }

    /// <summary>First day without service; null = the table's.</summary>
    public DateOnly? RetiresOn { get; init; }

    /// <summary>Whether the table's retirement day is set aside.</summary>
    public bool NeverRetires { get; init; }
}
