using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

/// <summary>Wye inside any .NET host, configured by <c>wye.yaml</c>.</summary>
public static class WyeYamlExtensions
{
    /// <summary>Adds Wye with the configuration of a file.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="path">Path of <c>wye.yaml</c>; <c>${NAME}</c> in it is read from the process's environment.</param>
    /// <param name="ledger">Where the ledger is kept.</param>
    /// <param name="options">What else may be changed; null = defaults.</param>
    /// <exception cref="InvalidConfigurationException">The file is wrong; all problems are named with their lines.</exception>
    public static IServiceCollection AddWyeFile(
        this IServiceCollection services,
        string path,
        LedgerChoice ledger,
        WyeOptions? options = null
    )
    {
        options ??= new WyeOptions();
        var built = YamlConfigLoader.LoadFile(
            path,
            ConfigSources.Process,
            options.Policies,
            today: DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime)
        );
        return services.AddWye(built, ledger, options);
    }

    /// <summary>Adds Wye with a configuration text.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="yaml">The text of a <c>wye.yaml</c>.</param>
    /// <param name="ledger">Where the ledger is kept.</param>
    /// <param name="options">What else may be changed; null = defaults.</param>
    /// <exception cref="InvalidConfigurationException">The text is wrong; all problems are named with their lines.</exception>
    public static IServiceCollection AddWyeText(
        this IServiceCollection services,
        string yaml,
        LedgerChoice ledger,
        WyeOptions? options = null
    )
    {
        options ??= new WyeOptions();
        var built = YamlConfigLoader.Load(
            yaml,
            "wye.yaml",
            ConfigSources.Process,
            options.Policies,
            today: DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime)
        );
        return services.AddWye(built, ledger, options);
    }
}
