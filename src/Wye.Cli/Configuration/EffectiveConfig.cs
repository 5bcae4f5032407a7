using System.Collections.Immutable;
using Wye.Cli.Commands;
using Wye.Gateway;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Defaults;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Routing;
using Wye.Yaml;

namespace Wye.Cli.Configuration;

/// <summary>The configuration that a command works with, read and built as the gateway does it.</summary>
internal static class EffectiveConfig
{
    /// <summary>Loads a file, with every problem of form and meaning.</summary>
    /// <param name="context">Environment and clock.</param>
    /// <param name="path">Where it is.</param>
    public static BuildResult Load(CliContext context, string path) =>
        YamlConfigLoader.LoadFile(path, Sources(context), Policies(), today: Today(context));

    /// <summary>What keys in the environment and a local Ollama allow; null = nothing was found.</summary>
    public static async Task<WyeConfig?> DetectAsync(CliContext context, CancellationToken cancellationToken)
    {
        var local = await OllamaProbe.FindModelsAsync(context.Time, cancellationToken);
        return DefaultConfig.FromEnvironment(context.Environment, local is not null, local ?? [], Today(context));
    }

    /// <summary>The snapshot in force: of the file, else of what was detected; null = there is neither.</summary>
    /// <exception cref="CliFailureException">The file has errors.</exception>
    public static async Task<WyeSnapshot?> FindAsync(
        CliContext context,
        string? path,
        CancellationToken cancellationToken
    )
    {
        if (path is not null)
        {
            var built = Load(context, path);
            return built.Snapshot ?? throw new CliFailureException(Text(built.Problems));
        }

        return await DetectAsync(context, cancellationToken) is { } detected
            ? SnapshotBuilder.Build(detected, Policies(), today: Today(context)).Snapshot
            : null;
    }

    /// <summary>The store's file as the gateway finds it: the configuration may name another one than the data folder's.</summary>
    /// <exception cref="CliFailureException">The file cannot be read that far.</exception>
    public static string StorePath(CliContext context, string folder, string? namedConfig)
    {
        var config = CommonOptions.FindConfig(context, namedConfig);
        var named = config is null ? null : NamedStore(context, config);
        return string.IsNullOrEmpty(named) ? Path.Combine(folder, "wye.db") : context.Resolve(named);
    }

    // What else is wrong does not count: a report needs no provider's key, and must not turn to another store for want of one.
    private static string? NamedStore(CliContext context, string path)
    {
        var read = YamlConfigReader.ReadFile(path, Sources(context));
        var unclear = read.Problems.Where(problem =>
            problem.Severity == ConfigSeverity.Error
            && (read.Config is null || problem.Path.StartsWith("store", StringComparison.Ordinal))
        );
        return unclear.Any() ? throw new CliFailureException(Text([.. unclear])) : read.Config?.Store?.Path;
    }

    private static string Text(ImmutableArray<ConfigProblem> problems) =>
        string.Join("\n     ", problems.Where(problem => problem.Severity == ConfigSeverity.Error));

    private static ConfigSources Sources(CliContext context) =>
        ConfigSources.Process with
        {
            Environment = context.Environment,
        };

    private static PolicyRegistry Policies() => new(BuiltInPolicies.Selection, BuiltInPolicies.Balancing);

    private static DateOnly Today(CliContext context) => DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
}
