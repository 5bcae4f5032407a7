namespace Wye.Architecture;

/// <summary>One source file.</summary>
/// <param name="Path">From the repository's root, with slashes, e.g. <c>src/Wye/Chat/ChatRole.cs</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The text without comments and literals.</summary>
    public string Code { get; } = CodeText.Strip(Text);

    /// <summary>Folders and name: <c>src</c>, project, folders …, file.</summary>
    public string[] Parts { get; } = Path.Split('/');

    /// <summary>The room of the library it stands in; null = none.</summary>
    public string? Room => Path.StartsWith("src/Wye/", StringComparison.Ordinal) && Parts.Length > 3 ? Parts[2] : null;
}
