using System.CommandLine;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Quality.Files;

namespace Wye.Cli.Learning;

/// <summary>Options and file access that the learning commands share.</summary>
internal static class LearningOptions
{
    public static Option<string[]> Data() =>
        new("--data")
        {
            Description = "Folders with queries.jsonl and results.csv.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };

    public static Option<ulong> Seed() =>
        new("--seed") { Description = "Seed of splits and training.", DefaultValueFactory = _ => 1UL };

    /// <summary>Reads sets; a bad one ends the command with its own message.</summary>
    public static Corpus Read(CliContext context, IEnumerable<string> folders, string? names = null)
    {
        try
        {
            ModelNames? renamed = names is null ? null : ModelNames.Read(context.Resolve(names));
            return Corpus.Build([
                .. folders
                    .Select(f => LabelledSetReader.Read(context.Resolve(f)))
                    .Select(set => renamed?.Apply(set) ?? set),
            ]);
        }
        catch (InvalidDataException fault)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    /// <summary>Reads a router file.</summary>
    public static (RouterManifest Manifest, RouterSnapshot Router) Router(CliContext context, string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(context.Resolve(file));
            return RouterFile.Read(stream);
        }
        catch (RouterFileException fault)
        {
            throw new CliFailureException($"{file}: {fault.Message}");
        }
    }

    /// <summary>weak,strong as two names.</summary>
    public static (string Weak, string Strong) Pair(string text) =>
        text.Split(',') is [{ Length: > 0 } weak, { Length: > 0 } strong]
            ? (weak, strong)
            : throw new CliFailureException($"'{text}' names no pair. Write it as weak,strong.");
}
