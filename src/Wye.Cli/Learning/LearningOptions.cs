using System.CommandLine;
using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning;

/// <summary>Options and file access that the learning commands share.</summary>
internal static class LearningOptions
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

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

    public static Option<string?> Embeddings() =>
        new("--embeddings")
        {
            Description =
                "Outside embeddings of the questions, from 'wye embed'; they take the place of the latent space.",
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

    /// <summary>The file that <c>--json FILE</c> names, checked; null when it names none.</summary>
    public static string? JsonFile(CliContext context, ParseResult parsed, Option<string?> json) =>
        parsed.GetValue(json) is { } file ? OutputFile.Check(context, file) : null;

    /// <summary>Writes one JSON document, indented.</summary>
    public static void WriteJson(Stream stream, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(stream, s_indented);
        write(json);
    }

    /// <summary>Complains of a set that is given twice: every question of it would count twice in a verdict, a promise or a budget of labels.</summary>
    /// <param name="corpus">What was read.</param>
    /// <param name="given">The options that name sets, with their verb.</param>
    public static void CheckDistinct(Corpus corpus, string given = "--data names")
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (LabelledSet set in corpus.Sets)
        {
            if (!names.TryAdd(set.Hash, set.Name))
                throw new CliFailureException(
                    $"{given} '{set.Name}' twice, or a copy of it as '{names[set.Hash]}': its questions would count twice. Leave one out.",
                    ExitCodes.Usage
                );
        }
    }

    /// <summary>Reads sets; a bad one ends the command with its own message.</summary>
    public static Corpus Read(
        CliContext context,
        IEnumerable<string> folders,
        string? names = null,
        string? embeddings = null
    )
    {
        LabelledSet[] sets = Sets(context, folders, names);
        PromptVectors? vectors = Vectors(context, embeddings);
        return Guarded(() => Corpus.Build(sets, vectors));
    }

    /// <summary>Reads a file of vectors; null for none.</summary>
    public static PromptVectors? Vectors(CliContext context, string? file)
    {
        if (file is null)
            return null;
        string path = Existing(context, file, "'wye embed' writes one.");
        return Guarded(() => VectorFile.Read(path));
    }

    /// <summary>Reads labelled sets.</summary>
    public static LabelledSet[] Sets(CliContext context, IEnumerable<string> folders, string? names = null)
    {
        ModelNames? renamed = ReadNames(context, names);
        string[] paths = [.. folders.Select(folder => Folder(context, folder))];
        return Renamed(context, renamed, [.. paths.Select(path => Guarded(() => LabelledSetReader.Read(path)))]);
    }

    /// <summary>Reads a RouteLLM checkout per path, and further sets of Wye's own form.</summary>
    /// <returns>All sets, those of the checkouts first, and how many those are.</returns>
    public static (LabelledSet[] Sets, int Measured) RouteLlm(
        CliContext context,
        IEnumerable<string> checkouts,
        IEnumerable<string> more,
        string? names
    )
    {
        ModelNames? renamed = ReadNames(context, names);
        string[] paths = [.. checkouts.Select(path => Folder(context, path))];
        LabelledSet[] measured = [.. paths.SelectMany(path => Guarded(() => RouteLlmCheckout.Read(path)))];
        return (Renamed(context, renamed, [.. measured, .. Sets(context, more)]), measured.Length);
    }

    /// <summary>A folder that is there, as an absolute path.</summary>
    public static string Folder(CliContext context, string folder)
    {
        string path = context.Resolve(folder);
        return Directory.Exists(path)
            ? path
            : throw new CliFailureException($"There is no folder '{folder}'.", ExitCodes.Usage);
    }

    private static ModelNames? ReadNames(CliContext context, string? file)
    {
        if (file is null)
            return null;
        string path = Existing(context, file, "Model names are a CSV file: set,model,name.");
        return Guarded(() => ModelNames.Read(path));
    }

    // A file that is there, as an absolute path; else the hint says where such a file comes from.
    private static string Existing(CliContext context, string file, string hint)
    {
        string path = context.Resolve(file);
        return File.Exists(path)
            ? path
            : throw new CliFailureException($"There is no file '{file}'. {hint}", ExitCodes.Usage);
    }

    private static LabelledSet[] Renamed(CliContext context, ModelNames? names, LabelledSet[] sets)
    {
        if (names is null)
            return sets;
        if (names.Unmatched(sets) is { } unmatched)
            context.Terminal.Warn($"wye: {unmatched}");
        return [.. sets.Select(set => Guarded(() => names.Apply(set)))];
    }

    /// <summary>Complains of <c>--embeddings</c> beside <c>--gate</c>.</summary>
    public static void CheckNoGate(string? embeddings)
    {
        if (embeddings is not null)
            throw new CliFailureException(
                "A gate reads answers, not questions: leave out --embeddings.",
                ExitCodes.Usage
            );
    }

    /// <summary>Complains of options that would have no effect.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="why">What they go with, or do not, e.g. "goes with --gate".</param>
    /// <param name="options">The options.</param>
    public static void CheckIdle(ParseResult parsed, string why, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
                throw new CliFailureException($"{option.Name} {why}: leave it out.", ExitCodes.Usage);
        }
    }

    /// <summary>Checks that a corpus carries the vectors a router was trained on.</summary>
    public static void CheckVectors(RouterSnapshot router, Corpus corpus)
    {
        if (corpus.External == router.Encoder.External)
            return;
        if (router.Encoder.External is not { } wanted)
            throw new CliFailureException(
                "The router was trained on words and asks for no embeddings: leave out --embeddings.",
                ExitCodes.Usage
            );
        string needed = $"The router was trained on embeddings of {VectorFile.Words(wanted)}";
        throw new CliFailureException(
            corpus.External is { } given
                ? $"{needed}; --embeddings holds those of {VectorFile.Words(given)}."
                : $"{needed}. Give them with --embeddings FILE; 'wye embed' writes it."
        );
    }

    /// <summary>Complains of a model that no set has answers of, and names the nearest.</summary>
    public static void CheckModels(Corpus corpus, params IEnumerable<string> models)
    {
        if (UnknownModel.Complaint(corpus.Sets, models) is { } complaint)
            throw new CliFailureException(complaint);
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
        string path = Existing(context, file, "'wye train' writes one.");
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
