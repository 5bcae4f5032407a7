using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>The dated, sourced facts that ship with Wye: models, who serves them, and providers. Immutable, thread-safe.</summary>
/// <remarks>Read once from <c>models.csv</c>, <c>prices.csv</c>, <c>offers.csv</c> and <c>providers.csv</c> beside this file.</remarks>
public static class BuiltInCatalog
{
    private static readonly FrozenDictionary<string, Model> ByName;
    private static readonly FrozenDictionary<ProviderId, ProviderFacts> ByProvider;
    private static readonly FrozenDictionary<(ModelId, ProviderId), ModelOffer> ByPair;

    static BuiltInCatalog()
    {
        var prices = PriceTable.Read(CatalogTable.Embedded("prices.csv"));
        var rows = CatalogTable.Embedded("models.csv").Select(row => ReadModel(row, prices)).ToImmutableArray();
        Models = [.. rows.Select(row => row.Model)];
        Aliases = rows.SelectMany(row => row.Aliases.Select(alias => (alias, row.Model.Id)))
            .ToFrozenDictionary(pair => pair.alias, pair => pair.Id, StringComparer.Ordinal);
        ByName = rows.SelectMany(row => row.Aliases.Append(row.Model.Id.Value).Select(name => (name, row.Model)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Model, StringComparer.Ordinal);
        Providers = [.. CatalogTable.Embedded("providers.csv").Select(ReadProvider)];
        ByProvider = Providers.ToFrozenDictionary(provider => provider.Id);
        Offers = [.. CatalogTable.Embedded("offers.csv").Select(ReadOffer)];
        ByPair = Offers.ToFrozenDictionary(offer => (offer.Model, offer.Provider));
    }

    /// <summary>Every model; within a tier a provider's preferred one first.</summary>
    public static ImmutableArray<Model> Models { get; }

    /// <summary>Other names of models, dated ones above all: name → model.</summary>
    public static FrozenDictionary<string, ModelId> Aliases { get; }

    /// <summary>Every provider, in the order in which defaults prefer them.</summary>
    public static ImmutableArray<ProviderFacts> Providers { get; }

    /// <summary>Every offer, in the order of the table.</summary>
    public static ImmutableArray<ModelOffer> Offers { get; }

    /// <summary>The model of that name or alias; null = not known.</summary>
    public static Model? FindModel(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The provider of that name; null = not known.</summary>
    public static ProviderFacts? FindProvider(ProviderId id) => ByProvider.GetValueOrDefault(id);

    /// <summary>What is known of a model at a provider; null = not known to serve it.</summary>
    public static ModelOffer? FindOffer(ModelId model, ProviderId provider) =>
        ByPair.GetValueOrDefault((model, provider));

    private static (Model Model, string[] Aliases) ReadModel(CatalogTable.Row row, PriceTable prices) =>
        (
            new Model
            {
                Id = new ModelId(row.Required("id")),
                Maker = row.Required("maker"),
                Kind = ModelKinds.TryParse(row.Required("kind"), out var kind)
                    ? kind
                    : throw new FormatException($"no kind '{row.Required("kind")}'."),
                Price = prices.Complete(row.Required("id"), row.Price()),
                ContextTokens = row.Count("context"),
                MaxOutputTokens = row.Count("max_output"),
                Capabilities = CapabilityNames.ParseAll(row.List("capabilities", '|')),
                Tier = new TierName(row.Required("tier")),
                RetiresOn = row.Day("retires_on"),
                Source = row.Required("source"),
            },
            row.List("aliases", ';')
        );

    private static ProviderFacts ReadProvider(CatalogTable.Row row) =>
        new()
        {
            Id = new ProviderId(row.Required("id")),
            Dialect = row.Required("dialect"),
            BaseUrl = row.Text("base_url") is { } url ? new Uri(url) : null,
            KeyVariables = [.. row.List("key_variable", '|')],
            Region = row.Text("region"),
            Compliance = [.. row.List("compliance", '|')],
            Withheld = CapabilityNames.ParseAll(row.List("withheld", '|')),
            Source = row.Required("source"),
        };

    private static ModelOffer ReadOffer(CatalogTable.Row row) =>
        new()
        {
            Model = new ModelId(row.Required("model")),
            Provider = new ProviderId(row.Required("provider")),
            UpstreamName = row.Required("upstream"),
            OwnPrice = row.Price(),
            RetiresOn = row.Day("retires_on"),
            Source = row.Text("source"),
        };
}
