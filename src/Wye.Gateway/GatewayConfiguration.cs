using Wye.Hosting.Configuration.Defaults;
using Wye.Hosting.Configuration.Resolving;
using Wye.Yaml;

namespace Wye.Gateway;

/// <summary>Finds the configuration: a file, a text, or what the environment and a local Ollama offer.</summary>
internal static class GatewayConfiguration
{
    public static async Task<BuildResult> LoadAsync(GatewayHostOptions options, CancellationToken cancellationToken)
    {
        var built = await BuildAsync(options, version: 1, cancellationToken);
        if (built.Snapshot is null)
        {
            // Whoever catches it shows them; twice would hide the one that matters.
            throw new GatewayConfigurationException(built.Problems);
        }

        foreach (var problem in built.Problems)
        {
            options.Notices?.WriteLine(problem);
        }

        return built;
    }

    /// <summary>Reads and builds it once more, as a version of its own.</summary>
    public static async Task<BuildResult> BuildAsync(
        GatewayHostOptions options,
        long version,
        CancellationToken cancellationToken
    )
    {
        var policies = options.Policies;
        var sources = ConfigSources.Process with { Environment = options.Environment };
        var today = DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        return options.ConfigPath is { } path ? YamlConfigLoader.LoadFile(path, sources, policies, version, today)
            : options.ConfigText is { } text
                ? YamlConfigLoader.Load(text, "wye.yaml", sources, policies, version, today)
            : await FromEnvironmentAsync(options, version, today, cancellationToken);
    }

    private static async Task<BuildResult> FromEnvironmentAsync(
        GatewayHostOptions options,
        long version,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var local = await OllamaProbe.FindModelsAsync(options.Time, cancellationToken);
        var config =
            DefaultConfig.FromEnvironment(options.Environment, local is not null, local ?? [], today)
            ?? throw new GatewayConfigurationException(DefaultConfig.NothingFound);
        return SnapshotBuilder.Build(config, options.Policies, version, today);
    }
}
