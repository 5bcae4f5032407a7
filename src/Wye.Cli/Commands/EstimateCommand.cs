using System.Collections.Immutable;
using System.CommandLine;
using Wye.Catalog;
using Wye.Cli.Configuration;
using Wye.Cli.Estimates;

namespace Wye.Cli.Commands;

/// <summary><c>wye estimate</c>: what a workflow will cost, before it runs.</summary>
internal static class EstimateCommand
{
    // Without a configuration: one maker's three sizes, as the catalog prices them today.
    private static readonly (string Tier, string Model)[] Defaults =
    [
        ("small", "claude-haiku-4-5"),
        ("medium", "claude-sonnet-4-5"),
        ("large", "claude-opus-4-5"),
    ];

    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("file") { Description = "The workflow, YAML or JSON; see samples/workflows." };
        var config = CommonOptions.Config();
        var model = new Option<string[]>("--tier")
        {
            Description =
                "Model of a tier instead of the configuration's, e.g. --tier small=gpt-4o-mini; repeat, cheapest first.",
            HelpName = "TIER=MODEL",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "estimate",
            "Price a workflow before it runs: all strong, static, tiers and cascade side by side."
        )
        {
            file,
            config,
            model,
            json,
        };
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    parsed.GetRequiredValue(file),
                    parsed.GetValue(config),
                    parsed.GetValue(model) ?? [],
                    parsed.GetValue(json),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        string file,
        string? config,
        string[] tiers,
        bool asJson,
        CancellationToken stop
    )
    {
        var workflow = WorkflowFile.Read(context.Resolve(file), file);
        var priced = tiers.Length > 0 ? [.. tiers.Select(Named)] : await TiersAsync(context, config, stop);
        var estimate = new Estimator(workflow, priced);
        if (asJson)
        {
            context.Terminal.Json(json => EstimateScreen.Write(json, workflow, estimate));
        }
        else
        {
            EstimateScreen.Print(context.Terminal, workflow, estimate);
        }

        return ExitCodes.Ok;
    }

    private static async Task<ImmutableArray<PricedTier>> TiersAsync(
        CliContext context,
        string? config,
        CancellationToken stop
    )
    {
        if (CommonOptions.FindConfig(context, config) is not { } path)
        {
            return [.. Defaults.Select(tier => new PricedTier(tier.Tier, [Known(tier.Model)]))];
        }

        var catalog = (await EffectiveConfig.FindAsync(context, path, stop))!.Routing.Catalog;
        ImmutableArray<PricedTier> tiers =
        [
            .. catalog
                .Tiers.Select(tier => new PricedTier(
                    tier.Name.Value,
                    [
                        .. tier
                            .Models.Select(id => catalog.FindModel(id))
                            .OfType<Model>()
                            .Where(one => one.Price is not null),
                    ]
                ))
                .Where(tier => !tier.Models.IsEmpty),
        ];
        return tiers.IsEmpty
            ? throw new CliFailureException(
                "The configuration has no model with a known price. Add prices, or name models with --tier."
            )
            : tiers;
    }

    private static PricedTier Named(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } tier, { Length: > 0 } model]
            ? new PricedTier(tier, [Known(model)])
            : throw new CliFailureException(
                "--tier takes a tier and a model, e.g. small=gpt-4o-mini.",
                ExitCodes.Usage
            );

    private static Model Known(string name) =>
        BuiltInCatalog.FindModel(name) is { Price: not null } model
            ? model
            : throw new CliFailureException(
                $"The catalog has no price for '{name}'. 'wye prices' lists what it knows.",
                ExitCodes.Usage
            );
}
