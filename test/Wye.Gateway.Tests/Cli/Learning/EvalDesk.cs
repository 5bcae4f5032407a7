using System.Text.Json;

namespace Wye.Cli.Learning;

/// <summary>A folder <c>desk</c> with the first questions of the repository's labelled set, and <c>wye eval</c> beside it.</summary>
internal sealed class EvalDesk : IDisposable
{
    /// <summary>A weak and a strong model of the set.</summary>
    public const string Pair = "acorn-mini,cedar-max";

    private readonly CliRun _run = new();

    public EvalDesk() => Take(260);

    public string Output => _run.Output;

    public string Error => _run.Error;

    /// <summary>Makes the set anew, of so many questions.</summary>
    public void Take(int questions) => SampleLabelled.CopyTo(PathOf("desk"), questions);

    /// <summary>Runs <c>wye eval</c>; options are parted by spaces.</summary>
    public Task<int> EvalAsync(string options) => _run.RunAsync(["eval", .. options.Split(' ')]);

    /// <summary>The same, on the set.</summary>
    public Task<int> MeasureAsync(string options) => EvalAsync($"--data desk {options}");

    /// <summary>A path in the folder.</summary>
    public string PathOf(params string[] parts) => Path.Combine([_run.Folder, .. parts]);

    public JsonDocument Parsed(string file) => JsonDocument.Parse(File.ReadAllText(PathOf(file)));

    /// <summary>Changes the fields of every line of the results.</summary>
    public void Rewrite(Func<string[], string[]> change)
    {
        string results = PathOf("desk", "results.csv");
        File.WriteAllLines(
            results,
            File.ReadAllLines(results).Select((line, i) => i == 0 ? line : string.Join(',', change(line.Split(','))))
        );
    }

    public void Dispose() => _run.Dispose();
}
