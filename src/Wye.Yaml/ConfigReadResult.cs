using System.Collections.Immutable;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

/// <summary>What was read from a file.</summary>
/// <param name="Config">What could be read, also beside errors; null when the file is not YAML within its bounds.</param>
/// <param name="Problems">Everything wrong with the form: syntax, unknown keys, types, variables.</param>
public sealed record ConfigReadResult(WyeConfig? Config, ImmutableArray<ConfigProblem> Problems)
{
    /// <summary>Whether nothing stops the configuration from being built.</summary>
    public bool IsUsable => Config is not null && !Problems.Any(problem => problem.Severity == ConfigSeverity.Error);
}
