namespace Wye.Hosting.Configuration.Problems;

/// <summary>Whether a problem stops the configuration from being used.</summary>
public enum ConfigSeverity
{
    /// <summary>It works, but probably not as meant.</summary>
    Warning,

    /// <summary>It cannot be used.</summary>
    Error,
}
