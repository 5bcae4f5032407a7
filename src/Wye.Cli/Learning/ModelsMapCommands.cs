using System.CommandLine;
using System.Globalization;
using Wye.Catalog;
using Wye.Cli.Commands;
using Wye.Cli.Configuration;
using Wye.Cli.Terminals;
using Wye.Hosting;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Files;
using Wye.Quality.Prior;
using Wye.Quality.Shipped;

namespace Wye.Cli.Learning;

/// <summary><c>wye models compare</c> and <c>wye models like</c>: what a router knows of models, cell by cell.</summary>
internal static class ModelsMapCommands
{
    private const int NeighboursShown = 5;

    public static Command Compare(CliContext context)
    {
        var one = new Argument<string>("model");
        var other = new Argument<string>("other");
        var (config, router, json) = Options();
        var command = new Command("compare", "Show where two models differ, by kinds of questions.")
        {
            one,
            other,
            config,
            router,
            json,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var known = await ReadAsync(context, parsed.GetValue(config), parsed.GetValue(router), cancel);
                var (a, b) = (parsed.GetValue(one)!, parsed.GetValue(other)!);
                var (pa, pb) = (known.ProfileOf(a), known.ProfileOf(b));
                var rows = Rows(known, pa, cell => known.Map.QualityOf(cell, pb));
                if (parsed.GetValue(json))
                {
                    context.Terminal.Json(writer => ModelMapView.Write(writer, a, pa, b, pb.Words, rows));
                    return ExitCodes.Ok;
                }

                PrintProfile(context.Terminal, known, a, pa);
                PrintProfile(context.Terminal, known, b, pb);
                ModelMapView.Print(context.Terminal, a, b, rows);
                return ExitCodes.Ok;
            }
        );
        return command;
    }

    public static Command Like(CliContext context)
    {
        var model = new Argument<string>("model");
        var (config, router, json) = Options();
        var command = new Command("like", "Show whose measured quality speaks for a model, and its strengths.")
        {
            model,
            config,
            router,
            json,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var known = await ReadAsync(context, parsed.GetValue(config), parsed.GetValue(router), cancel);
                var name = parsed.GetValue(model)!;
                var profile = known.ProfileOf(name);
                var rows = Rows(known, profile, known.Map.MeanOf);
                if (parsed.GetValue(json))
                {
                    context.Terminal.Json(writer =>
                        ModelMapView.Write(writer, name, profile, "mean", "mean of all models", rows)
                    );
                    return ExitCodes.Ok;
                }

                PrintProfile(context.Terminal, known, name, profile);
                PrintNearest(context.Terminal, known, profile);
                ModelMapView.Print(context.Terminal, name, "mean of all", rows);
                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static (Option<string?> Config, Option<string?> Router, Option<bool> Json) Options() =>
        (
            CommonOptions.Config(),
            new Option<string?>("--router")
            {
                Description = "Router file; default: the configuration's, else the one that ships.",
                HelpName = "FILE",
            },
            CommonOptions.Json()
        );

    private static async Task<Known> ReadAsync(
        CliContext context,
        string? config,
        string? file,
        CancellationToken cancel
    )
    {
        var path = CommonOptions.FindConfig(context, config);
        var snapshot = await EffectiveConfig.FindAsync(context, path, cancel);
        var pool = file is null ? snapshot?.Routing.Learned?.Pool : null;
        var router = pool?.Router ?? Load(context, file);
        var map = router.Snapshot is { } trained ? ModelMap.Of(trained) : null;
        return map is null
            ? throw new CliFailureException($"The router '{router.Name}' has no cells to show models by.")
            : new Known(router, map, pool);
    }

    private static ServedRouter Load(CliContext context, string? file)
    {
        if (file is null)
        {
            return ShippedRouter.Served
                ?? throw new CliFailureException("No router ships with this build. Name one with --router FILE.");
        }

        try
        {
            var (manifest, router) = RouterFiles.Load(context.Resolve(file));
            return ServedRouter.Of(manifest, router, NoEncoder.Instance);
        }
        catch (RouterFileException fault)
        {
            throw new CliFailureException($"{file}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException($"The router file '{file}' cannot be read. Check its path and permissions.");
        }
    }

    private static List<ModelMapRow> Rows(Known known, ModelProfile profile, Func<int, double> other) =>
        [
            .. Enumerable
                .Range(0, known.Map.Cells)
                .Select(cell => new ModelMapRow(
                    cell,
                    known.Map.QuestionsOf(cell),
                    known.Map.WordsOf(cell),
                    known.Map.QualityOf(cell, profile),
                    other(cell)
                ))
                .OrderByDescending(row => row.Difference),
        ];

    private static void PrintProfile(Terminal terminal, Known known, string name, ModelProfile profile)
    {
        var mean = known.Router.Means.Count > profile.Head ? known.Router.Means[profile.Head] : double.NaN;
        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {profile.Words}; {profile.Measured} has {mean:0.00} over all questions"
            )
        );
    }

    private static void PrintNearest(Terminal terminal, Known known, ModelProfile profile)
    {
        var table = new TextTable("most alike", "apart>");
        foreach (var (name, distance) in known.Nearest(profile).Take(NeighboursShown))
        {
            table.Add(name, distance.ToString("0.000", CultureInfo.InvariantCulture));
        }

        terminal.Heading("Measured models most like it");
        terminal.Table(table);
    }

    private sealed record Known(ServedRouter Router, ModelMap Map, ServedPool? Pool)
    {
        public ModelProfile ProfileOf(string model)
        {
            if (Pool?.IndexOf(new ModelId(model)) is { } at and >= 0)
            {
                return Pool.ProfileOf(at);
            }

            var book = new ProfileBook(
                Router.Quality.Models,
                Router.Means,
                new Dictionary<string, string>(StringComparer.Ordinal)
            );
            var facts = BuiltInCatalog.FindModel(model);
            var profile = book.Of(model, facts?.Tier.Value ?? "medium", 0, 0);
            return profile.Source == EstimateSource.Tier && facts is null
                ? throw new CliFailureException(
                    $"Nothing is known of the model '{model}'. The router measured: {string.Join(", ", Router.Quality.Models)}."
                )
                : profile;
        }

        public IEnumerable<(string Name, double Distance)> Nearest(ModelProfile profile) =>
            Router
                .Quality.Models.Select(
                    (name, head) => (name, Map.Distance(profile, new ModelProfile(head, 0, EstimateSource.Own, name)))
                )
                .OrderBy(pair => pair.Item2);
    }
}
