using Wye.Cli.Terminals;

namespace Wye.Cli;

/// <summary>Runs the program in this process, in a folder and an environment of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("wye-cli-").FullName;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string? Piped { get; init; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args) =>
        WyeProgram.RunAsync(
            args,
            new CliContext
            {
                Terminal = new Terminal(_output, _error, new StringReader(Piped ?? ""))
                {
                    InputPiped = Piped is not null,
                },
                Environment = name => Environment.GetValueOrDefault(name),
                Time = TimeProvider.System,
                Folder = Folder,
            },
            TestContext.Current.CancellationToken
        );

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
