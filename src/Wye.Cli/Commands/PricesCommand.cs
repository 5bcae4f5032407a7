using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Catalog.Prices;
using Wye.Cli.Configuration;
using Wye.Cli.Terminals;
using Wye.Hosting.Configuration.Defaults;
using Wye.Primitives;

namespace Wye.Cli.Commands;

/// <summary><c>wye prices</c>: compares the prices in force with a price list, or takes them over.</summary>
internal static class PricesCommand
{
    public static Command Create(CliContext context) =>
        new("prices", "Compare prices with a price list (LiteLLM's JSON, or CSV), or take them over.")
        {
            Check(context),
            Import(context),
        };

    private static Command Check(CliContext context)
    {
        var (file, config, all, json) = (List(), CommonOptions.Config(), All(), CommonOptions.Json());
        var command = new Command("check", "Show every price that differs; exit code 1 when one does.")
        {
            file,
            config,
            all,
            json,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var list = await ReadAsync(context, parsed.GetValue(file)!, cancel);
                var offers = await OffersAsync(context, parsed.GetValue(config), parsed.GetValue(all), cancel);
                var comparison = PriceComparison.Of(offers, list);
                if (parsed.GetValue(json))
                {
                    context.Terminal.Json(writer => Write(writer, comparison));
                }
                else
                {
                    Print(context.Terminal, comparison);
                }

                return comparison.Differences.IsEmpty ? ExitCodes.Ok : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static Command Import(CliContext context)
    {
        var (file, config, all) = (List(), CommonOptions.Config(), All());
        var target = new Option<string?>("--out", "-o")
        {
            Description = "File to write. Default: standard output.",
            HelpName = "FILE",
        };
        var command = new Command("import", "Write the prices that differ as a models section for wye.yaml.")
        {
            file,
            config,
            all,
            target,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var name = parsed.GetValue(file)!;
                var list = await ReadAsync(context, name, cancel);
                var offers = await OffersAsync(context, parsed.GetValue(config), parsed.GetValue(all), cancel);
                var section = PriceOverrides.Write(offers, list, Path.GetFileName(name));
                if (section is null)
                {
                    context.Terminal.Warn("No price differs: there is nothing to write.");
                }
                else if (parsed.GetValue(target) is { } path)
                {
                    await File.WriteAllTextAsync(OutputFile.Check(context, path), section, cancel);
                    context.Terminal.Line($"Wrote {path}.");
                }
                else
                {
                    context.Terminal.Output.Write(section);
                }

                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static Argument<string> List() =>
        new("list") { Description = "LiteLLM's model_prices_and_context_window.json, or a CSV price table." };

    private static Option<bool> All() =>
        new("--all") { Description = "The whole built-in table instead of the models in force." };

    private static async Task<PriceList> ReadAsync(CliContext context, string name, CancellationToken cancellationToken)
    {
        var path = context.Resolve(name);
        if (!File.Exists(path))
        {
            throw new CliFailureException($"There is no file '{name}'.", ExitCodes.Usage);
        }

        try
        {
            return PriceList.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (FormatException fault)
        {
            throw new CliFailureException($"{name}: {fault.Message}");
        }
    }

    private static async Task<IReadOnlyList<PricedOffer>> OffersAsync(
        CliContext context,
        string? named,
        bool all,
        CancellationToken cancellationToken
    )
    {
        if (all)
        {
            return [.. PricedOffer.BuiltIn()];
        }

        var path = CommonOptions.FindConfig(context, named);
        if (await EffectiveConfig.FindAsync(context, path, cancellationToken) is { } snapshot)
        {
            return [.. PricedOffer.Of(snapshot.Routing.Catalog)];
        }

        context.Terminal.Warn("No configuration and no provider key found: this is the built-in table.");
        return [.. PricedOffer.BuiltIn()];
    }

    private static void Print(Terminal terminal, PriceComparison comparison)
    {
        if (!comparison.Differences.IsEmpty)
        {
            var table = new TextTable("model", "provider", "price", "here>", "listed>");
            foreach (var (offer, kind, here, listed) in comparison.Differences)
            {
                table.Add(
                    offer.Model.Value,
                    offer.Provider.Value,
                    kind,
                    here is { } known ? Money.PerMillion(known) : "–",
                    Money.PerMillion(listed)
                );
            }

            terminal.Table(table);
        }

        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{comparison.Compared} compared, {comparison.Differences.Select(row => row.Offer).Distinct().Count()} differ, {comparison.NotListed.Length} not in the list. USD per 1M tokens; – = unknown."
            )
        );
    }

    private static void Write(Utf8JsonWriter json, PriceComparison comparison)
    {
        json.WriteStartObject();
        json.WriteNumber("compared", comparison.Compared);
        json.WriteStartArray("differences");
        foreach (var (offer, kind, here, listed) in comparison.Differences)
        {
            json.WriteStartObject();
            json.WriteString("model", offer.Model.Value);
            json.WriteString("provider", offer.Provider.Value);
            json.WriteString("upstream", offer.Upstream);
            json.WriteString("price", kind);
            WriteAmount(json, "here_picodollars_per_token", here);
            WriteAmount(json, "listed_picodollars_per_token", listed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("not_listed");
        foreach (var offer in comparison.NotListed)
        {
            json.WriteStringValue($"{offer.Provider.Value}/{offer.Upstream}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter json, string name, Usd? amount)
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
}
