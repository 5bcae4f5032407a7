namespace Wye.Yaml;

/// <summary>Where a configuration file takes what it refers to; tests pass their own.</summary>
/// <param name="Environment">Value of an environment variable; null = not set.</param>
/// <param name="ReadSecretFile">Text of a secret file by its full path; null = it cannot be read.</param>
public sealed record ConfigSources(Func<string, string?> Environment, Func<string, string?> ReadSecretFile)
{
    /// <summary>The process environment and the file system.</summary>
    public static ConfigSources Process { get; } = new(System.Environment.GetEnvironmentVariable, ReadFile);

    private static string? ReadFile(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[YamlBounds.MaxSecret + 1];
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
