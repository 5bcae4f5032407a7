namespace Wye.Hosting.Configuration.Defaults;

/// <summary>Writes single values so that they read back as the same text.</summary>
public static class YamlText
{
    /// <summary>A YAML text: quoted unless it is certainly a plain one.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Length > 0
            && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && text is not ("true" or "false" or "null" or "yes" or "no")
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
