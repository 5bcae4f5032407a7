using System.Globalization;
using System.Text;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Defaults;

/// <summary>Writes what <see cref="DefaultConfig"/> found as a commented <c>wye.yaml</c> to start from. Stateless.</summary>
public static class ConfigWriter
{
    /// <summary>The file's text. Keys are written as references to their variables, never as values.</summary>
    /// <param name="config">What was found.</param>
    /// <param name="environment">Where the keys were found, to refer to the variable that is set; null = the usual one.</param>
    public static string Write(WyeConfig config, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var yaml = new StringBuilder();
        yaml.Append(
            """
            # Wye configuration. Every key, its type and default: docs/configuration.md
            # `wye check` validates it; ${NAME} is an environment variable.

            # Whom Wye may call.
            providers:

            """
        );
        foreach (var provider in config.Providers)
        {
            AppendProvider(yaml, provider, environment);
        }

        yaml.Append(
            "\n# Facts (price, context, capabilities) come from the built-in table; see `wye models`.\nmodels:\n"
        );
        foreach (var model in config.Models)
        {
            AppendModel(yaml, model);
        }

        yaml.Append("\n# Quality classes, cheapest first; within one the preferred model first.\ntiers:\n");
        foreach (var tier in config.Tiers)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  - {{ name: {Text(tier.Name)}, models: [{string.Join(", ", tier.Models.Select(Text))}] }}\n"
            );
        }

        yaml.Append("\n# A route's name is what clients send as \"model\".\nroutes:\n");
        foreach (var route in config.Routes)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  {Text(route.Name)}:\n    policies: [{string.Join(", ", route.Policies.Select(Text))}]\n"
            );
            if (route.Policies.Contains("learned", StringComparer.Ordinal))
            {
                yaml.Append(
                    "    # quality: 0.80             # the bar: the cheapest model expected to reach it answers\n"
                );
            }

            yaml.Append(
                """
                    # max_cost: 0.05              # USD, most that one request may cost
                    # rules:                      # put 'rules' first in policies to use them
                    #   - { step_kinds: [safety], tier: large }
                    #   - { min_prompt_tokens: 20000, tier: medium }

                """
            );
        }

        return yaml.Append(
                """

                # server: { address: 127.0.0.1, port: 4000 }
                # store: { path: ./wye.db }

                """
            )
            .ToString()
            .ReplaceLineEndings("\n");
    }

    private static void AppendProvider(StringBuilder yaml, ProviderConfig provider, Func<string, string?>? environment)
    {
        var facts = BuiltInCatalog.FindProvider(new ProviderId(provider.Name));
        yaml.Append(CultureInfo.InvariantCulture, $"  {Text(provider.Name)}:");
        if (provider.Key is not null)
        {
            var variables = facts?.KeyVariables ?? [];
            var variable =
                variables.FirstOrDefault(name => !string.IsNullOrWhiteSpace(environment?.Invoke(name)))
                ?? variables.FirstOrDefault()
                ?? $"{provider.Name.ToUpperInvariant()}_API_KEY";
            yaml.Append(CultureInfo.InvariantCulture, $" {{ key: \"${{{variable}}}\" }}");
        }
        else
        {
            yaml.Append(" {}");
        }

        yaml.Append(CultureInfo.InvariantCulture, $"   # {facts?.BaseUrl}\n");
    }

    private static void AppendModel(StringBuilder yaml, ModelConfig model)
    {
        var parts = new List<string>();
        if (model.Deployments is { } deployments)
        {
            parts.Add(
                $"deployments: [{string.Join(", ", deployments.Select(d => $"{{ provider: {Text(d.Provider)}{(d.Upstream is null ? "" : $", upstream: {Text(d.Upstream)}")} }}"))}]"
            );
        }

        if (model.Price == PriceConfig.Free)
        {
            parts.Add("price: free");
        }

        if (model.Context is { } context && model.MaxOutput is { } maxOutput)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"context: {context}, max_output: {maxOutput}"));
        }

        yaml.Append(
            CultureInfo.InvariantCulture,
            $"  {Text(model.Name)}: {{{(parts.Count == 0 ? "" : $" {string.Join(", ", parts)} ")}}}{Comment(model)}\n"
        );
    }

    private static string Comment(ModelConfig model)
    {
        if (model.Price is not null || BuiltInCatalog.FindModel(model.Name) is not { Price: { } price } facts)
        {
            return "";
        }

        var retires = facts.RetiresOn is { } day
            ? $", retires {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
            : "";
        return $"   # {PerMillion(price.Input)} in, {PerMillion(price.Output)} out per 1M tokens{retires}";
    }

    private static string PerMillion(Usd perToken) =>
        "$" + (perToken * 1_000_000).ToDollars().ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(string text) => YamlText.Of(text);
}
