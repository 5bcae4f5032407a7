using System.Globalization;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>Something wrong with a configuration: where, what, and how to mend it. Never holds a secret.</summary>
public sealed record ConfigProblem
{
    /// <summary>Whether it stops the configuration from being used.</summary>
    public ConfigSeverity Severity { get; init; } = ConfigSeverity.Error;

    /// <summary>File as the user gave it; null = the configuration was made in code.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 = unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 = unknown.</summary>
    public int Column { get; init; }

    /// <summary>Dotted path, e.g. <c>routes.auto.policies[1]</c>; empty = the file as a whole.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong: a sentence.</summary>
    public required string What { get; init; }

    /// <summary>How to mend it: a sentence; empty where <see cref="What"/> says it.</summary>
    public required string Fix { get; init; }

    /// <summary>One line: <c>wye.yaml:7:12: error: routes.auto.tier: What. Fix.</c></summary>
    public override string ToString()
    {
        var place =
            File is null ? ""
            : Line == 0 ? $"{File}: "
            : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: ");
        var severity = Severity == ConfigSeverity.Error ? "error" : "warning";
        return $"{place}{severity}: {(Path.Length == 0 ? "" : Path + ": ")}{What}{(Fix.Length == 0 ? "" : " " + Fix)}";
    }
}
