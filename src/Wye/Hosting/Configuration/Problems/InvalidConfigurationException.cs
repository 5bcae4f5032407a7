using System.Collections.Immutable;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>A configuration cannot be used; the message names every problem with its place and fix.</summary>
public sealed class InvalidConfigurationException : Exception
{
    /// <summary>Without details.</summary>
    public InvalidConfigurationException()
        : this("The configuration cannot be used.") { }

    /// <summary>With what is wrong and how to mend it.</summary>
    public InvalidConfigurationException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public InvalidConfigurationException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>With all problems; one line each.</summary>
    public InvalidConfigurationException(ImmutableArray<ConfigProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>All problems; empty = the message says it.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; } = [];
}
