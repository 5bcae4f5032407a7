using Wye.Catalog;

namespace Wye.Yaml.LiteLlm;

/// <summary>One entry of <c>model_list</c> that Wye can call.</summary>
/// <param name="Provider">Where it is called.</param>
/// <param name="Upstream">What the provider calls the model.</param>
/// <param name="Facts">The model of the built-in table it is; null = not known.</param>
/// <param name="Parameters"><c>litellm_params</c>.</param>
/// <param name="About"><c>model_info</c>.</param>
internal sealed record ImportedDeployment(
    ImportedProvider Provider,
    string Upstream,
    Model? Facts,
    LiteMap Parameters,
    LiteMap About
)
{
    /// <summary>Its price where the file or the table states one; null = unknown.</summary>
    public Price? Price =>
        PerToken("input_cost_per_token") is { } input && PerToken("output_cost_per_token") is { } output
            ? new Price(
                input,
                output,
                PerToken("cache_read_input_token_cost"),
                PerToken("cache_creation_input_token_cost")
            )
        : Facts is null ? null
        : Provider.Known is { } known && BuiltInCatalog.FindOffer(Facts.Id, new(known))?.OwnPrice is { } own ? own
        : Facts.Price;

    /// <summary>First day without it, where announced; null = none known.</summary>
    public DateOnly? RetiresOn =>
        Facts is not null
        && Provider.Known is { } known
        && BuiltInCatalog.FindOffer(Facts.Id, new(known))?.RetiresOn is { } day
            ? day
            : Facts?.RetiresOn;

    /// <summary>Whether the file itself states the price.</summary>
    public bool HasOwnPrice =>
        PerToken("input_cost_per_token") is not null && PerToken("output_cost_per_token") is not null;

    private Primitives.Usd? PerToken(string key) =>
        (Parameters.Number(key) ?? About.Number(key)) is { } usd and >= 0 and < 1
            ? Primitives.Usd.PerMillionTokens(decimal.Round(usd * 1_000_000, 6))
            : null;
}
