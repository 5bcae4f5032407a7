using System.Text;
using Wye.Hosting.Configuration;

namespace Wye.Yaml;

/// <summary>Reads <c>wye.yaml</c>. Never throws for its content; bounded in time and memory. Stateless, thread-safe.</summary>
public static class YamlConfigReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file as the user gave it: for messages, and as base of relative secret files.</param>
    /// <param name="sources">What the file refers to.</param>
    public static ConfigReadResult Read(string text, string path, ConfigSources sources)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(sources);
        var problems = new ProblemSink(path);
        if (Encoding.UTF8.GetByteCount(text) > YamlBounds.MaxBytes)
        {
            problems.Error(1, 1, "", "The file is larger than 1 MiB.", "Split off what is not configuration.");
            return new ConfigReadResult(null, problems.ToImmutable());
        }

        if (YamlTree.Parse(text, problems) is not { } root)
        {
            return new ConfigReadResult(null, problems.ToImmutable());
        }

        new Substitution(sources.Environment, problems).Apply(root);
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var config = ConfigBinder.Bind(root, problems, sources, folder);
        return new ConfigReadResult(config, problems.ToImmutable());
    }

    /// <summary>Reads a file's bytes; they must be UTF-8, with or without byte order mark.</summary>
    public static ConfigReadResult Read(ReadOnlySpan<byte> utf8, string path, ConfigSources sources)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        try
        {
            return utf8.Length > YamlBounds.MaxBytes
                ? Refuse(path, "The file is larger than 1 MiB.", "Split off what is not configuration.")
                : Read(Strict.GetString(utf8), path, sources);
        }
        catch (DecoderFallbackException)
        {
            return Refuse(path, "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
    }

    /// <summary>Reads a file from disk.</summary>
    public static ConfigReadResult ReadFile(string path, ConfigSources sources)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[YamlBounds.MaxBytes + 4];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Read(buffer.AsSpan(0, length), path, sources);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(path, "The file does not exist.", "Check the path, or run `wye init` to write one.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse(path, "The file cannot be read.", "Check that it is a file and its permissions.");
        }
    }

    private static ConfigReadResult Refuse(string path, string what, string fix)
    {
        var problems = new ProblemSink(path);
        problems.Error(0, 0, "", what, fix);
        return new ConfigReadResult(null, problems.ToImmutable());
    }
}
