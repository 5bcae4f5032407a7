using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>Collects problems of one configuration, each with its place.</summary>
internal sealed class ProblemList(ConfigPositions positions)
{
    private const int Max = 200;

    private readonly List<ConfigProblem> _problems = [];

    public bool HasErrors => _problems.Exists(problem => problem.Severity == ConfigSeverity.Error);

    public void Error(string path, string what, string fix) => Add(ConfigSeverity.Error, path, what, fix);

    public void Warn(string path, string what, string fix) => Add(ConfigSeverity.Warning, path, what, fix);

    /// <summary>Whether there are so many that no more are kept, and no time is spent on hints.</summary>
    public bool IsFull => _problems.Count > Max;

    /// <summary><see cref="Suggestion.For"/>, as long as the problem will be kept.</summary>
    public string Suggest(string name, IEnumerable<string> known, string whenNone) =>
        IsFull ? whenNone : Suggestion.For(name, known, whenNone);

    /// <summary>A value for a message; what came from the environment is not shown, because it may be a secret.</summary>
    public string Show(string path, string value) =>
        positions.IsSubstituted(path) ? "the substituted value" : Quotation.Of(value);

    /// <summary>All problems, in the order of the file.</summary>
    public ImmutableArray<ConfigProblem> ToImmutable() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    private void Add(ConfigSeverity severity, string path, string what, string fix)
    {
        if (IsFull)
        {
            return;
        }

        if (_problems.Count == Max)
        {
            (severity, path, what, fix) = (ConfigSeverity.Error, "", "There are more problems.", "Mend these first.");
        }

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
