using System.Collections.Immutable;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;

namespace Wye.Yaml;

/// <summary>The whole file: one call per noun.</summary>
internal static class ConfigBinder
{
    private static readonly string[] LedgerModes = ["durable", "relaxed"];
    private static readonly string[] LaterNouns = ["keys", "workflows"];

    public static WyeConfig Bind(MapNode root, ProblemSink problems, ConfigSources sources, string folder)
    {
        var fields = new Fields(root, "the file", problems);
        foreach (var noun in LaterNouns)
        {
            fields.Elsewhere[noun] = (
                $"The noun '{noun}' is reserved for a later version of Wye.",
                "Remove it for now."
            );
        }

        var providers = new ProviderBinder(sources, folder);
        var config = new WyeConfig
        {
            Providers = Named(fields, "providers", "a provider", providers.Bind),
            Models = Named(fields, "models", "a model", (name, model) => ModelBinder.Bind(name, model, folder)),
            Tiers = Tiers(fields),
            Aliases = [.. fields.TextMap("aliases").Select(pair => new AliasConfig(pair.Key, pair.Value))],
            Routes = Named(fields, "routes", "a route", RouteBinder.Bind),
            Gates = Named(fields, "gates", "a gate", (name, gate) => GateBinder.Bind(name, gate, folder)),
            Explicit = fields.Has("explicit")
                ? RouteBinder.BindExplicit(fields.Below("explicit", "explicit model choices"))
                : null,
            Budgets = Named(fields, "budgets", "a budget", Budget),
            Health = fields.Has("health") ? Health(fields.Below("health", "health")) : null,
            Learning = fields.Has("learning") ? Learning(fields.Below("learning", "learning"), folder) : null,
            Server = fields.Has("server") ? Server(fields.Below("server", "the server")) : null,
            Store = fields.Has("store") ? Store(fields.Below("store", "the store")) : null,
            Positions = Positions(root, problems.File),
        };
        fields.Done();
        return config;
    }

    private static ImmutableArray<T> Named<T>(Fields fields, string key, string what, Func<string, Fields, T> bind) =>
        fields.Entries(key) is { } entries
            ? [.. entries.Select(entry => bind(entry.Key, fields.Below(entry.Value, what)))]
            : [];

    private static ImmutableArray<TierConfig> Tiers(Fields fields)
    {
        if (fields.Items("tiers") is not { } items)
        {
            return [];
        }

        var tiers = ImmutableArray.CreateBuilder<TierConfig>();
        foreach (var item in items)
        {
            var below = fields.Below(item, "a tier");
            var name = below.Required("name");
            var models = below.Texts("models") ?? [];
            below.Done();
            if (name is not null)
            {
                tiers.Add(new TierConfig { Name = name, Models = models });
            }
            else if (item is MapNode && !below.Has("name"))
            {
                fields.Problems.Error(item, "The tier has no name.", "Add name: NAME.");
                // Kept in place: the path of a later tier counts from its place in the file.
                tiers.Add(new TierConfig { Name = "", Models = models });
            }
        }

        return tiers.ToImmutable();
    }

    private static BudgetConfig Budget(string name, Fields fields)
    {
        var budget = new BudgetConfig
        {
            Name = name,
            Scope = fields.Text("scope", BudgetResolver.Scopes),
            Of = fields.Texts("of") ?? [],
            Limit = fields.Money("limit"),
            Window = fields.Text("window", BudgetResolver.Windows),
            TimeZone = fields.Text("time_zone"),
            Mode = fields.Text("mode", BudgetResolver.Modes),
        };
        fields.Done();
        return budget;
    }

    private static HealthConfig Health(Fields fields)
    {
        var health = new HealthConfig
        {
            AllowedFails = fields.Int("allowed_fails"),
            Cooldown = fields.Duration("cooldown"),
            MaxCooldown = fields.Duration("max_cooldown"),
        };
        fields.Done();
        return health;
    }

    private static LearningConfig Learning(Fields fields, string folder)
    {
        var learning = new LearningConfig
        {
            Router = fields.Text("router") is { } router ? RouterPath(router, folder) : null,
            AllowUnproven = fields.Text("allow_unproven"),
            Feedback = fields.Flag("feedback"),
            Encoder = fields.Has("encoder") ? Encoder(fields.Below("encoder", "the encoder")) : null,
        };
        fields.Done();
        return learning;
    }

    // A file is meant relative to the configuration.
    private static string RouterPath(string router, string folder) =>
        router is LearningConfig.Shipped or LearningConfig.None ? router : Path.Combine(folder, router);

    private static EncoderConfig Encoder(Fields fields)
    {
        var encoder = new EncoderConfig
        {
            Provider = fields.Text("provider"),
            Model = fields.Text("model"),
            Timeout = fields.Duration("timeout"),
        };
        fields.Done();
        return encoder;
    }

    private static ServerConfig Server(Fields fields)
    {
        var server = new ServerConfig
        {
            Address = fields.Text("address"),
            Port = fields.Int("port"),
            MaxConnections = fields.Int("max_connections"),
            DrainDelay = fields.Duration("drain_delay"),
            DrainLimit = fields.Duration("drain_limit"),
            BodyLimit = fields.Bytes("body_limit"),
            TimeZone = fields.Text("time_zone"),
            LitellmHeaders = fields.Flag("litellm_headers"),
        };
        fields.Done();
        return server;
    }

    private static StoreConfig Store(Fields fields)
    {
        var store = new StoreConfig
        {
            Path = fields.Text("path"),
            Ledger = fields.Text("ledger", LedgerModes),
            Retention = fields.Int("retention"),
        };
        fields.Done();
        return store;
    }

    private static ConfigPositions Positions(MapNode root, string file)
    {
        var positions = new Dictionary<string, ConfigPosition>(StringComparer.Ordinal);
        Collect(root);
        return new ConfigPositions(file, positions);

        void Collect(YamlNode node)
        {
            positions.TryAdd(
                node.Path,
                new ConfigPosition(node.Line, node.Column, node is TextNode { Substituted: true })
            );
            switch (node)
            {
                case MapNode map:
                    map.Entries.ForEach(entry => Collect(entry.Value));
                    break;
                case ListNode list:
                    list.Items.ForEach(Collect);
                    break;
            }
        }
    }
}
