using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

/// <summary>Collects what is wrong with the form of one file.</summary>
internal sealed class ProblemSink(string file)
{
    private readonly List<ConfigProblem> _problems = [];

    public string File => file;

    /// <summary>Whether there are so many that no more are kept.</summary>
    public bool IsFull => _problems.Count > YamlBounds.MaxProblems;

    public void Error(YamlNode node, string what, string fix) => Error(node.Line, node.Column, node.Path, what, fix);

    public void Error(int line, int column, string path, string what, string fix)
    {
        if (IsFull)
        {
            return;
        }

        var isLast = _problems.Count == YamlBounds.MaxProblems;
        _problems.Add(
            new ConfigProblem
            {
                File = file,
                Line = line,
                Column = column,
                Path = isLast ? "" : path,
                What = isLast ? "There are more problems." : what,
                Fix = isLast ? "Mend these first." : fix,
            }
        );
    }

    public ImmutableArray<ConfigProblem> ToImmutable() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
