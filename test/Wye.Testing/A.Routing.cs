using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Balancing;
using Wye.Routing.Routes;
using Wye.Routing.Selection;

namespace Wye.Testing;

/// <summary>Builders for routing: a new field of a contract must not touch old tests.</summary>
public static partial class A
{
    /// <summary>Everything a model can do.</summary>
    public const Capabilities AllCapabilities = (Capabilities)2047;

    /// <summary>A request as a dialect's reader would make it, from plain texts.</summary>
    public static ChatRequest Asked(
        string user,
        string? system = null,
        string model = "auto",
        ChatFeatures features = ChatFeatures.None,
        CallerHints? hints = null,
        int? maxTokens = null,
        bool stream = false,
        ModelDirective? directive = null,
        DialectId? dialect = null
    )
    {
        List<ChatText> texts = [];
        if (!string.IsNullOrEmpty(system))
        {
            texts.Add(new ChatText(ChatRole.System, 0, Encoding.UTF8.GetBytes(system)));
        }

        texts.Add(new ChatText(ChatRole.User, texts.Count, Encoding.UTF8.GetBytes(user)));
        return new ChatRequest
        {
            Dialect = dialect ?? DialectId.OpenAi,
            Body = Encoding.UTF8.GetBytes($"{{\"model\":\"{model}\",\"messages\":\"{system}{user}\"}}"),
            Fields = [],
            RequestedModel = model,
            Texts = texts,
            MessageCount = texts.Count,
            Features = features,
            ToolCount = features.HasFlag(ChatFeatures.Tools) ? 2 : 0,
            ImageCount = features.HasFlag(ChatFeatures.Images) ? 1 : 0,
            Hints = hints ?? CallerHints.None,
            MaxOutputTokens = maxTokens,
            Stream = stream,
            Directive = directive,
        };
    }

    /// <summary>A model of a routing pool; prices in USD per 1,000,000 tokens, null = unknown.</summary>
    public static Model PoolModel(
        string id,
        string tier = "small",
        decimal? input = 1,
        decimal? output = 5,
        int context = 128_000,
        int maxOutput = 16_000,
        Capabilities capabilities = AllCapabilities,
        DateOnly? retires = null
    ) =>
        new()
        {
            Id = new ModelId(id),
            Maker = "maker",
            Price =
                input is { } i && output is { } o ? new Price(Usd.PerMillionTokens(i), Usd.PerMillionTokens(o)) : null,
            ContextTokens = context,
            MaxOutputTokens = maxOutput,
            Capabilities = capabilities,
            Tier = new TierName(tier),
            RetiresOn = retires,
            Source = "test",
        };

    /// <summary>A provider of a routing pool.</summary>
    public static Provider PoolProvider(string id = "p", string? region = "us", params string[] compliance) =>
        new()
        {
            Id = new ProviderId(id),
            Dialect = "openai",
            BaseUrl = new Uri($"http://{id}.test/v1/"),
            Region = region,
            Compliance = [.. compliance],
        };

    /// <summary>A deployment of a routing pool.</summary>
    public static Deployment PoolDeployment(Model model, Provider? provider = null) =>
        new()
        {
            Id = new DeploymentId($"{(provider ?? PoolProvider()).Id}/{model.Id}"),
            Model = model,
            Provider = provider ?? PoolProvider(),
            UpstreamName = model.Id.Value,
        };

    /// <summary>A snapshot over models grouped by their tier, in the order given; one deployment each unless said otherwise.</summary>
    public static RoutingSnapshot Pool(
        IReadOnlyList<Model> models,
        Func<RouteModel, RouteModel>? route = null,
        IReadOnlyList<Deployment>? deployments = null,
        Func<RoutingSnapshot, RoutingSnapshot>? change = null
    )
    {
        var tiers = models
            .GroupBy(model => model.Tier)
            .Select((group, i) => new Tier(group.Key, i + 1, [.. group.Select(model => model.Id)]))
            .ToImmutableArray();
        var auto = new RouteModel
        {
            Name = new RouteName("auto"),
            Tiers = tiers,
            Policies = [new StaticPolicy()],
            Balancing = new WeightedPolicy(),
        };
        var named = (route ?? (same => same))(auto);
        var snapshot = new RoutingSnapshot
        {
            Version = 1,
            Catalog = new CatalogSnapshot(
                models,
                deployments ?? [.. models.Select(model => PoolDeployment(model))],
                tiers
            ),
            Routes = new[] { named }.ToFrozenDictionary(model => model.Name),
            Aliases = FrozenDictionary<string, string>.Empty,
            Explicit = auto with { Name = new RouteName("explicit"), Policies = [new ExplicitPolicy()] },
        };
        return (change ?? (same => same))(snapshot);
    }

    /// <summary>Three tiers with six models, as a usual configuration has them.</summary>
    public static IReadOnlyList<Model> UsualModels() =>
        [
            PoolModel("haiku", "small", 0.8m, 4m, 200_000, 8_192),
            PoolModel("mini", "small", 0.15m, 0.6m, 128_000, 16_384),
            PoolModel("sonnet", "medium", 3m, 15m, 200_000, 64_000),
            PoolModel("gpt", "medium", 2.5m, 10m, 128_000, 16_384),
            PoolModel("opus", "large", 15m, 75m, 200_000, 32_000),
            PoolModel("o1", "large", 15m, 60m, 200_000, 100_000),
        ];
}
