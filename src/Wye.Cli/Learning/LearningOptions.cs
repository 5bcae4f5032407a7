using System.CommandLine;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning;

/// <summary>Options and file access that the learning commands share.</summary>
internal static class LearningOptions
{
    public static Option<string[]> Data() =>
        new("--data")
        {
            Description = "Folders with queries.jsonl and results.csv.",
            HelpName = "DIR",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };

    public static Option<string?> Names() =>
        new("--names")
        {
            Description =
                "CSV set,model,name: one name for a model that sets call differently; an empty name drops it.",
            HelpName = "FILE",
        };

    public static Option<ulong> Seed() =>
        new("--seed") { Description = "Seed of splits and training.", DefaultValueFactory = _ => 1UL };

    /// <summary><c>--json</c>: alone for standard output, with a name for a file.</summary>
    public static Option<string?> Json() =>
        new("--json")
        {
            Description = "The figures as one JSON document, on standard output or in a file.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };

    /// <summary>Whether the JSON document goes to standard output, so that nothing else may.</summary>
    public static bool JsonOnOutput(ParseResult parsed, Option<string?> json) =>
        parsed.GetResult(json) is { Implicit: false } && parsed.GetValue(json) is null;

    /// <summary>Reads sets; a bad one ends the command with its own message.</summary>
    public static Corpus Read(CliContext context, IEnumerable<string> folders, string? names = null)
    {
        ModelNames? renamed = names is null ? null : Guarded(() => ModelNames.Read(context.Resolve(names)));
        var sets = new List<LabelledSet>();
        foreach (string folder in folders)
        {
            string path = context.Resolve(folder);
            if (!Directory.Exists(path))
                throw new CliFailureException($"There is no folder '{folder}'.", ExitCodes.Usage);
            LabelledSet set = Guarded(() => LabelledSetReader.Read(path));
            sets.Add(renamed is null ? set : Guarded(() => renamed.Apply(set)));
        }

        return Corpus.Build(sets);
    }

    /// <summary>Runs work whose complaint about data is the command's own.</summary>
    public static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InvalidDataException fault)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    /// <summary>Reads a router file.</summary>
    public static (RouterManifest Manifest, RouterSnapshot Router) Router(CliContext context, string file)
    {
        string path = context.Resolve(file);
        if (!File.Exists(path))
            throw new CliFailureException($"There is no file '{file}'. 'wye train' writes one.", ExitCodes.Usage);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return RouterFile.Read(stream);
        }
        catch (RouterFileException fault)
        {
            throw new CliFailureException($"{file}: {fault.Message}");
        }
    }

    /// <summary>weak,strong as two names.</summary>
    public static (string Weak, string Strong) Pair(string text) =>
        Names(text) is [var weak, var strong] && weak != strong
            ? (weak, strong)
            : throw new CliFailureException(
                $"'{text}' names no pair. Write it as --pair weak,strong.",
                ExitCodes.Usage
            );

    /// <summary>m1,m2,… as names; at least two.</summary>
    public static string[] Pool(string text)
    {
        string[] names = Names(text);
        return names.Length >= 2 && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? names
            : throw new CliFailureException(
                $"'{text}' is no pool: name at least two different models, as --pool m1,m2.",
                ExitCodes.Usage
            );
    }

    private static string[] Names(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
