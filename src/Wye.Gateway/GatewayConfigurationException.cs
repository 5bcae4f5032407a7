using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Gateway;

/// <summary>The configuration cannot be used; the message names every problem with its line and fix.</summary>
public sealed class GatewayConfigurationException : Exception
{
    /// <summary>Without details.</summary>
    public GatewayConfigurationException()
        : this("The configuration cannot be used.") { }

    /// <summary>With what is wrong and how to mend it.</summary>
    public GatewayConfigurationException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public GatewayConfigurationException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>With all problems; one line each.</summary>
    public GatewayConfigurationException(ImmutableArray<ConfigProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>All problems; empty = the message says it.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; } = [];
}
