using YamlDotNet.Core;

namespace Wye.Yaml;

/// <summary>A value of the file with its place.</summary>
internal abstract class YamlNode(string path, Mark start)
{
    public string Path { get; } = path;

    public int Line { get; private set; } = (int)start.Line;

    public int Column { get; private set; } = (int)start.Column;

    /// <summary>A block that starts below its key is found at the key.</summary>
    public void MoveTo(Mark key)
    {
        Line = (int)key.Line;
        Column = (int)key.Column;
    }
}

/// <summary>One key with its value.</summary>
internal readonly record struct MapEntry(string Key, YamlNode Value, Mark At);

/// <summary>A map; keys are unique texts.</summary>
internal class MapNode(string path, Mark start) : YamlNode(path, start)
{
    public List<MapEntry> Entries { get; } = [];

    public static string ChildPath(string parent, string key) => parent.Length == 0 ? key : $"{parent}.{key}";
}

/// <summary>A list.</summary>
internal sealed class ListNode(string path, Mark start) : YamlNode(path, start)
{
    public List<YamlNode> Items { get; } = [];
}

/// <summary>A text, before and after substitution.</summary>
internal sealed class TextNode(string path, Mark start, string raw, bool isPlain) : YamlNode(path, start)
{
    /// <summary>As it stands in the file; the only form that a message may quote.</summary>
    public string Raw { get; } = raw;

    /// <summary>The value in force; null when a substitution failed, which has been reported.</summary>
    public string? Text { get; set; } = raw;

    /// <summary>Whether an environment variable is part of it.</summary>
    public bool Substituted { get; set; }

    /// <summary>Whether it stands without quotes, so that a reader of YAML may take it for a number.</summary>
    public bool IsPlain => isPlain;

    /// <summary>Whether the key is there without a value.</summary>
    public bool IsUnset => isPlain && Raw is "" or "~" or "null";
}
