using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>Collects problems of one configuration, each with its place.</summary>
internal sealed class ProblemList(ConfigPositions positions)
{
    private readonly List<ConfigProblem> _problems = [];

    public bool HasErrors => _problems.Exists(problem => problem.Severity == ConfigSeverity.Error);

    public void Error(string path, string what, string fix) => Add(ConfigSeverity.Error, path, what, fix);

    public void Warn(string path, string what, string fix) => Add(ConfigSeverity.Warning, path, what, fix);

    /// <summary>A value for a message; what came from the environment is not shown, because it may be a secret.</summary>
    public string Show(string path, string value) =>
        positions.IsSubstituted(path) ? "the substituted value" : Quotation.Of(value);

    /// <summary>All problems, in the order of the file.</summary>
    public ImmutableArray<ConfigProblem> ToImmutable() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    private void Add(ConfigSeverity severity, string path, string what, string fix)
    {
        var position = positions.Find(path);
        _problems.Add(
            new ConfigProblem
            {
                Severity = severity,
                File = positions.File,
                Line = position.Line,
                Column = position.Column,
                Path = path,
                What = what,
                Fix = fix,
            }
        );
    }
}
