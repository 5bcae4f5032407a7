using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Routing;
using Wye.Schemas;

namespace Wye.Yaml;

/// <summary>Reads and builds in one step, so that problems of form and of meaning come together. Stateless, thread-safe.</summary>
public static class YamlConfigLoader
{
    /// <summary>Loads a file from disk; parameters as <see cref="SnapshotBuilder.Build"/>.</summary>
    public static BuildResult LoadFile(
        string path,
        ConfigSources sources,
        PolicyRegistry policies,
        long version = 1,
        DateOnly? today = null
    ) => Build(YamlConfigReader.ReadFile(path, sources), policies, version, today);

    /// <summary>Loads a text; parameters as <see cref="YamlConfigReader.Read(string, string, ConfigSources)"/>.</summary>
    public static BuildResult Load(
        string text,
        string path,
        ConfigSources sources,
        PolicyRegistry policies,
        long version = 1,
        DateOnly? today = null
    ) => Build(YamlConfigReader.Read(text, path, sources), policies, version, today);

    private static BuildResult Build(ConfigReadResult read, PolicyRegistry policies, long version, DateOnly? today)
    {
        if (read.Config is not { } config)
        {
            return new BuildResult(null, read.Problems);
        }

        var built = SnapshotBuilder.Build(
            config with
            {
                JsonSchemas = config.JsonSchemas ?? JsonSchemaChecker.Shared,
            },
            policies,
            version,
            today
        );
        ImmutableArray<ConfigProblem> problems =
        [
            .. read
                .Problems.Concat(built.Problems.Where(problem => !Follows(problem.Path, read.Problems)))
                .OrderBy(problem => problem.Line)
                .ThenBy(problem => problem.Column),
        ];
        return new BuildResult(read.IsUsable ? built.Snapshot : null, problems);
    }

    /// <summary>Whether a problem of meaning may only follow from one of form at, above or below its place.</summary>
    private static bool Follows(string path, ImmutableArray<ConfigProblem> read) =>
        read.Any(problem => Contains(problem.Path, path) || Contains(path, problem.Path));

    private static bool Contains(string outer, string inner) =>
        outer.Length > 0
        && inner.StartsWith(outer, StringComparison.Ordinal)
        && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');
}
