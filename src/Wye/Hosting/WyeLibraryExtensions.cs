using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Ledger;

namespace Wye.Hosting;

/// <summary>Wye inside any .NET host, without the gateway.</summary>
public static class WyeLibraryExtensions
{
    /// <summary>Adds Wye with a configuration made in code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="config">Providers, models, routes; what is unset has defaults.</param>
    /// <param name="ledger">Where the ledger is kept.</param>
    /// <param name="options">What else may be changed; null = defaults.</param>
    /// <exception cref="InvalidConfigurationException">The configuration is wrong; all problems are named.</exception>
    public static IServiceCollection AddWye(
        this IServiceCollection services,
        WyeConfig config,
        LedgerChoice ledger,
        WyeOptions? options = null
    )
    {
        options ??= new WyeOptions();
        var today = DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        return services.AddWye(SnapshotBuilder.Build(config, options.Policies, today: today), ledger, options);
    }

    /// <summary>Adds Wye with a configuration that was read before, e.g. by <c>Wye.Yaml</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="built">What came of the configuration.</param>
    /// <param name="ledger">Where the ledger is kept.</param>
    /// <param name="options">What else may be changed; null = defaults.</param>
    /// <exception cref="InvalidConfigurationException">The configuration is wrong; all problems are named.</exception>
    public static IServiceCollection AddWye(
        this IServiceCollection services,
        BuildResult built,
        LedgerChoice ledger,
        WyeOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(built);
        ArgumentNullException.ThrowIfNull(ledger);
        options ??= new WyeOptions();
        var snapshot = built.Snapshot ?? throw new InvalidConfigurationException(built.Problems);
        if (ledger.Open is { } open)
        {
            services.AddSingleton<ILedgerStore>(_ => open());
        }

        return services.AddSingleton(options.Time).AddWye(snapshot, options.Telemetry);
    }
}
