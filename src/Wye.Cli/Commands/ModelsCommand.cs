using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Catalog;
using Wye.Cli.Configuration;
using Wye.Cli.Learning;
using Wye.Cli.Terminals;
using Wye.Primitives;

namespace Wye.Cli.Commands;

/// <summary><c>wye models</c>: the models in force with their facts, or the whole built-in table.</summary>
internal static class ModelsCommand
{
    public static Command Create(CliContext context)
    {
        var config = CommonOptions.Config();
        var all = new Option<bool>("--all")
        {
            Description = "The whole built-in table instead of the models in force.",
        };
        var json = CommonOptions.Json();
        var command = new Command("models", "Show models, prices, limits and where they are served.")
        {
            config,
            all,
            json,
        };
        command.Add(ModelsMapCommands.Compare(context));
        command.Add(ModelsMapCommands.Like(context));
        command.SetAction(
            async (parsed, cancel) =>
            {
                var path = CommonOptions.FindConfig(context, parsed.GetValue(config));
                var catalog = parsed.GetValue(all)
                    ? null
                    : (await EffectiveConfig.FindAsync(context, path, cancel))?.Routing.Catalog;
                if (catalog is null && !parsed.GetValue(all))
                {
                    context.Terminal.Warn("No configuration and no provider key found: this is the built-in table.");
                }

                var rows = catalog is null ? BuiltIn() : InForce(catalog);
                if (parsed.GetValue(json))
                {
                    context.Terminal.Json(writer => Write(writer, rows));
                }
                else
                {
                    Print(context.Terminal, rows);
                }

                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static List<ModelRow> BuiltIn() =>
        [
            .. BuiltInCatalog.Models.Select(model => new ModelRow(
                model,
                model.Tier.Value,
                model.Price,
                string.Join(
                    ", ",
                    BuiltInCatalog.Offers.Where(offer => offer.Model == model.Id).Select(offer => offer.Provider.Value)
                )
            )),
        ];

    private static List<ModelRow> InForce(CatalogSnapshot catalog) =>
        [
            .. catalog
                .Models.Select(model =>
                {
                    var deployments = catalog.DeploymentsOf(model.Id);
                    return new ModelRow(
                        model,
                        catalog.TierOf(model.Id)?.Name.Value ?? "",
                        deployments.Select(deployment => deployment.Price).FirstOrDefault() ?? model.Price,
                        string.Join(", ", deployments.Select(deployment => deployment.Provider.Id.Value))
                    );
                })
                .OrderBy(row => catalog.TierOf(row.Model.Id)?.Rank ?? int.MaxValue),
        ];

    private static void Print(Terminal terminal, List<ModelRow> rows)
    {
        var table = new TextTable(
            "model",
            "tier",
            "$ in>",
            "$ out>",
            "$ cached>",
            "context>",
            "output>",
            "retires",
            "served by"
        );
        foreach (var (model, tier, price, providers) in rows)
        {
            table.Add(
                model.Id.Value,
                tier,
                Amount(price?.Input),
                Amount(price?.Output),
                Amount(price is null ? null : price.CacheRead ?? price.Input),
                Count(model.ContextTokens),
                Count(model.MaxOutputTokens),
                Day(model.RetiresOn) ?? "",
                providers
            );
        }

        terminal.Table(table);
        terminal.Line("Prices in USD per 1M tokens; – = unknown, which is never taken for free.");
    }

    private static void Write(Utf8JsonWriter json, List<ModelRow> rows)
    {
        json.WriteStartArray();
        foreach (var (model, tier, price, providers) in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id.Value);
            json.WriteString("kind", model.Kind.Name());
            json.WriteString("maker", model.Maker);
            json.WriteString("tier", tier);
            Write(json, "input_picodollars_per_token", price?.Input);
            Write(json, "output_picodollars_per_token", price?.Output);
            Write(json, "cache_read_picodollars_per_token", price?.CacheRead);
            Write(json, "cache_write_picodollars_per_token", price?.CacheWrite);
            json.WriteNumber("context_tokens", model.ContextTokens);
            json.WriteNumber("max_output_tokens", model.MaxOutputTokens);
            json.WriteString("capabilities", model.Capabilities.ToString());
            json.WriteString("retires_on", Day(model.RetiresOn));
            json.WriteString("served_by", providers);
            json.WriteString("source", model.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Usd? amount)
    {
        if (amount is { } known)
        {
            json.WriteNumber(name, known.PicoDollars);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Amount(Usd? perToken) => perToken is { } known ? Money.PerMillion(known).TrimStart('$') : "–";

    private static string Count(int tokens) => tokens.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record ModelRow(Model Model, string Tier, Price? Price, string Providers);
}
