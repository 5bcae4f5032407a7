namespace Wye.Cli.Demo;

/// <summary>A sample prompt with the labels that only the comparison sees; nothing but the text is sent.</summary>
/// <param name="Id">File and number, e.g. <c>office-03</c>.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Difficulty">easy, medium or hard.</param>
/// <param name="DifficultyValue">0 (everyone knows) to 1; what the Simulator draws with.</param>
/// <param name="StepKind">What a person would call the step.</param>
internal sealed record DemoPrompt(string Id, string Text, string Difficulty, double DifficultyValue, string StepKind)
{
    /// <summary>Whether tools are offered with it.</summary>
    public bool Tools { get; init; }

    /// <summary>Whether JSON is asked for.</summary>
    public bool Schema { get; init; }

    /// <summary>The first line, cut to <paramref name="length"/> characters.</summary>
    public string Title(int length)
    {
        var line = Text.AsSpan()[
                ..(Text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : Text.Length)
            ]
            .Trim();
        return line.Length <= length ? line.ToString() : string.Concat(line[..(length - 1)].TrimEnd(), "…");
    }
}
