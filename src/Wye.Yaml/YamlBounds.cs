namespace Wye.Yaml;

/// <summary>What a configuration file may be at most; beyond it the file is refused before memory or time is spent.</summary>
public static class YamlBounds
{
    /// <summary>Bytes of the file.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Levels of maps and lists within each other.</summary>
    public const int MaxDepth = 16;

    /// <summary>Keys, values, maps and lists together.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>Characters that environment variables may bring in, together.</summary>
    public const int MaxSubstituted = 1024 * 1024;

    /// <summary>Characters of a secret.</summary>
    public const int MaxSecret = 16 * 1024;

    /// <summary>Problems reported; one more says that there are more.</summary>
    public const int MaxProblems = 200;
}
