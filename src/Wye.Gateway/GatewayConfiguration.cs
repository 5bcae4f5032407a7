using Wye.Hosting.Configuration.Defaults;
using Wye.Hosting.Configuration.Resolving;
using Wye.Routing;
using Wye.Yaml;

namespace Wye.Gateway;

/// <summary>Finds the configuration: a file, a text, or what the environment and a local Ollama offer.</summary>
internal static class GatewayConfiguration
{
    public static async Task<WyeSnapshot> LoadAsync(GatewayHostOptions options, CancellationToken cancellationToken)
    {
        var policies = options.Policies;
        var sources = ConfigSources.Process with { Environment = options.Environment };
        var today = DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        var built =
            options.ConfigPath is { } path ? YamlConfigLoader.LoadFile(path, sources, policies, today: today)
            : options.ConfigText is { } text ? YamlConfigLoader.Load(text, "wye.yaml", sources, policies, today: today)
            : await FromEnvironmentAsync(options, policies, today, cancellationToken);
        foreach (var problem in built.Problems)
        {
            options.Notices?.WriteLine(problem);
        }

        return built.Snapshot ?? throw new GatewayConfigurationException(built.Problems);
    }

    private static async Task<BuildResult> FromEnvironmentAsync(
        GatewayHostOptions options,
        PolicyRegistry policies,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var local = await OllamaProbe.FindModelsAsync(options.Time, cancellationToken);
        var config =
            DefaultConfig.FromEnvironment(options.Environment, local is not null, local ?? [], today)
            ?? throw new GatewayConfigurationException(DefaultConfig.NothingFound);
        return SnapshotBuilder.Build(config, policies, today: today);
    }
}
