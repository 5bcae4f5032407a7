using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Hosting.Configuration;

public sealed class SnapshotBuilderTests
{
    private static readonly ProviderConfig OpenAi = new() { Name = "openai", Key = new Secret("k") };
    private static readonly ProviderConfig Anthropic = new() { Name = "anthropic", Key = new Secret("k") };
    private static readonly ProviderConfig Host = new() { Name = "host", BaseUrl = "https://llm.example.com/v1" };

    [Fact]
    public void Snapshot_TakesUnwrittenFactsFromTheCatalog()
    {
        var snapshot = Build(
            new WyeConfig { Providers = [OpenAi], Models = [new ModelConfig { Name = "gpt-4o-mini" }] }
        );

        var deployment = snapshot.Routing.Catalog.Deployments.ShouldHaveSingleItem();
        deployment.Id.ShouldBe(new DeploymentId("openai/gpt-4o-mini"));
        deployment.UpstreamName.ShouldBe("gpt-4o-mini");
        deployment.Price.ShouldBe(BuiltInCatalog.FindModel("gpt-4o-mini")!.Price);
        deployment.Provider.BaseUrl.ShouldBe(new Uri("https://api.openai.com/v1/"));
    }

    [Fact]
    public void Snapshot_OverridesFactsThatAreWritten()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Models =
                [
                    new ModelConfig
                    {
                        Name = "gpt-4o",
                        Context = 64_000,
                        Price = new PriceConfig(1, 2),
                        Capabilities = ["stream"],
                        NeverRetires = true,
                    },
                ],
            }
        );

        var model = snapshot.Routing.Catalog.FindModel(new ModelId("gpt-4o"))!;
        model.ContextTokens.ShouldBe(64_000);
        model.Price!.Output.ShouldBe(Usd.PerMillionTokens(2));
        model.Capabilities.ShouldBe(Capabilities.Streaming);
        model.RetiresOn.ShouldBeNull();
        model.Source.ShouldStartWith("configuration over ");
    }

    [Fact]
    public void EmbeddingModel_IsServedButNeverChosenForChat()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Models =
                [
                    new ModelConfig { Name = "gpt-5.4-nano" },
                    new ModelConfig { Name = "gpt-5-search-api" },
                    new ModelConfig { Name = "text-embedding-3-small" },
                ],
            }
        );

        var catalog = snapshot.Routing.Catalog;
        catalog.DeploymentsOf(new ModelId("text-embedding-3-small")).ShouldHaveSingleItem();
        catalog.Tiers.SelectMany(tier => tier.Models).ShouldBe([new ModelId("gpt-5.4-nano")]);
    }

    [Fact]
    public void EmbeddingModelInATier_IsRefused()
    {
        var problems = SnapshotBuilder
            .Build(
                new WyeConfig
                {
                    Providers = [OpenAi],
                    Tiers = [new TierConfig { Name = "small", Models = ["text-embedding-3-small"] }],
                },
                A.Registry()
            )
            .Problems;

        problems[0].What.ShouldBe("The model 'text-embedding-3-small' takes no chat, it makes embeddings.");
    }

    [Fact]
    public void ProviderThatStopsServingAModelWithin60Days_IsWarnedOf()
    {
        WyeConfig config = new()
        {
            Providers = [new ProviderConfig { Name = "groq", Key = new Secret("k") }],
            Models = [new ModelConfig { Name = "llama-3.3-70b" }],
        };

        Warnings(new DateOnly(2026, 6, 16)).ShouldBeEmpty();
        Warnings(new DateOnly(2026, 6, 17)).ShouldBe(["'groq' stops serving 'llama-3.3-70b' on 2026-08-16."]);

        IEnumerable<string> Warnings(DateOnly today) =>
            SnapshotBuilder
                .Build(config, A.Registry(), today: today)
                .Problems.Select(problem => problem.What)
                .Where(what => what.Contains("serving", StringComparison.Ordinal));
    }

    [Fact]
    public void DatedName_GoesUpstreamAsWritten()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [Anthropic],
                Models = [new() { Name = "claude-haiku-4-5-20251001" }, new() { Name = "claude-haiku-4.5" }],
            }
        );

        snapshot
            .Routing.Catalog.Deployments.Select(deployment => deployment.UpstreamName)
            .ShouldBe(["claude-haiku-4-5-20251001", "claude-haiku-4-5"]);
    }

    [Fact]
    public void PriceOfADeployment_ComesFromWhereItIsServed()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers =
                [
                    new() { Name = "groq", Key = new Secret("k") },
                    new() { Name = "together", Key = new("k") },
                ],
                Models = [new ModelConfig { Name = "gpt-oss-20b" }],
            }
        );

        snapshot
            .Routing.Catalog.Deployments.Select(deployment => deployment.Price!.Input)
            .ShouldBe([Usd.PerMillionTokens(0.075m), Usd.PerMillionTokens(0.05m)]);
    }

    [Fact]
    public void UnknownPrice_StaysUnknown()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [Host],
                Models =
                [
                    new ModelConfig
                    {
                        Name = "mine",
                        Context = 4096,
                        MaxOutput = 1024,
                        Deployments = [new DeploymentConfig { Provider = "host" }],
                    },
                ],
            }
        );

        snapshot.Routing.Catalog.Deployments[0].Price.ShouldBeNull();
    }

    [Fact]
    public void Tiers_ComeFromTheModelsWhenNoneAreWritten()
    {
        var snapshot = Build(
            new WyeConfig { Providers = [Anthropic], Models = [Named("claude-opus-4-8"), Named("claude-haiku-4-5")] }
        );

        var tiers = snapshot.Routing.Catalog.Tiers;
        tiers.Select(tier => (tier.Name.Value, tier.Rank)).ShouldBe([("small", 1), ("large", 2)]);
    }

    [Fact]
    public void Providers_AloneBringTheirKnownModelsAndARouteAuto()
    {
        var snapshot = Build(new WyeConfig { Providers = [OpenAi] }, new DateOnly(2026, 11, 22));

        snapshot.Routing.Routes.ShouldContainKey(new RouteName("auto"));
        snapshot.Routing.Catalog.Models.Length.ShouldBeGreaterThan(10);
        snapshot.Routing.Catalog.FindModel(new ModelId("o1")).ShouldBeNull("it is retired");
        snapshot.Routing.Catalog.FindModel(new ModelId("gpt-5.5")).ShouldNotBeNull();
    }

    [Fact]
    public void FactsOfTheTable_DoNotHoldForAnotherAddress()
    {
        var moved = OpenAi with { BaseUrl = "https://proxy.example.com/v1" };

        var endpoint = Build(new WyeConfig { Providers = [moved] }).Providers[new ProviderId("openai")];

        endpoint.Provider.Compliance.ShouldBeEmpty();
        endpoint.Provider.BaseUrl.ShouldBe(new Uri("https://proxy.example.com/v1/"));
    }

    [Fact]
    public void AddressWithAnApiVersion_KeepsIt()
    {
        const string Classic = "https://me.openai.azure.com/openai?api-version=2024-10-21";
        var azure = new ProviderConfig { Name = "azure", BaseUrl = Classic };

        var endpoint = Build(new WyeConfig { Providers = [OpenAi, azure] }).Providers[new ProviderId("azure")];

        endpoint.Provider.BaseUrl.ShouldBe(new Uri(Classic));
    }

    [Fact]
    public void ProviderThatWithholdsNothing_LeavesTheModelItsCapabilities()
    {
        var through = Build(new WyeConfig { Providers = [Anthropic], Models = [Named("claude-haiku-4-5")] });
        var direct = Build(
            new WyeConfig
            {
                Providers = [Host],
                Models = [Named("claude-haiku-4-5") with { Deployments = [new() { Provider = "host" }] }],
            }
        );

        Model(through).Capabilities.HasFlag(Capabilities.JsonSchema).ShouldBeTrue();
        Model(direct).Capabilities.HasFlag(Capabilities.JsonSchema).ShouldBeTrue();

        static Model Model(WyeSnapshot snapshot) => snapshot.Routing.Catalog.FindModel(new("claude-haiku-4-5"))!;
    }

    [Fact]
    public void FallbackThatIsATier_MeansItsModels()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Tiers =
                [
                    new() { Name = "small", Models = ["gpt-4o-mini"] },
                    new() { Name = "large", Models = ["gpt-5.5", "gpt-4o"] },
                ],
                Routes =
                [
                    new()
                    {
                        Name = "r",
                        Tier = "small",
                        Fallbacks = ["large", "gpt-4o"],
                        ContextWindowFallbacks = ["gpt-4o"],
                        ContentPolicyFallbacks = ["large"],
                    },
                ],
            }
        );

        var route = snapshot.Routing.Routes[new RouteName("r")];
        route.Fallbacks.ShouldBe([new ModelId("gpt-5.5"), new ModelId("gpt-4o")]);
        route.ContextWindowFallbacks!.Value.ShouldBe([new ModelId("gpt-4o")]);
        route.ContentPolicyFallbacks.ShouldBe([new ModelId("gpt-5.5"), new ModelId("gpt-4o")]);
    }

    [Fact]
    public void AliasOfAnAlias_LeadsToTheEnd()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Models = [Named("gpt-4o")],
                Aliases = [new("a", "b"), new("b", "gpt-4o"), new("c", "auto")],
            }
        );

        snapshot.Routing.Aliases["a"].ShouldBe("gpt-4o");
        snapshot.Routing.Aliases["c"].ShouldBe("auto");
    }

    [Fact]
    public void RouteWithRules_AsksThemFirst()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Routes =
                [
                    new()
                    {
                        Name = "auto",
                        Rules =
                        [
                            new()
                            {
                                Code = true,
                                Tier = "large",
                                Matches = "(a+)+$",
                            },
                        ],
                    },
                ],
            }
        );

        var route = snapshot.Routing.Routes[new RouteName("auto")];
        route.Policies.Select(policy => policy.Name).ShouldBe(["rules", "heuristic"]);
        route.Rules[0].Name.ShouldBe("rule 1");
        route
            .Rules[0]
            .Matches!.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking)
            .ShouldBeTrue();
    }

    [Fact]
    public void ExplicitChoices_AreBoundedByTheirOwnNoun()
    {
        var snapshot = Build(
            new WyeConfig
            {
                Providers = [OpenAi],
                Explicit = new RouteConfig { Name = "", MaxCost = 0.5m },
            }
        );

        snapshot.Routing.Explicit.MaxCost.ShouldBe(Usd.FromDollars(0.5m));
        snapshot.Routing.Explicit.Policies.ShouldBeEmpty();
        snapshot.Routing.Explicit.Name.ShouldBe(new RouteName("explicit"));
    }

    [Fact]
    public void Defaults_AreThoseOfTheOptions()
    {
        var snapshot = Build(new WyeConfig { Providers = [OpenAi] });

        snapshot.Server.ShouldBe(new ServerOptions());
        snapshot.Server.Address.ToString().ShouldBe("127.0.0.1");
        snapshot.Server.Port.ShouldBe(4000);
        snapshot.Health.ShouldBe(new Health.HealthOptions());
        snapshot.Routing.Explicit.Bounds.ShouldBe(new Routing.Plans.PlanBounds());
        snapshot.Routing.Version.ShouldBe(1);
    }

    [Fact]
    public void ConfigurationMadeInCode_GivesProblemsWithoutAPlace()
    {
        var result = SnapshotBuilder.Build(
            new WyeConfig { Providers = [OpenAi, OpenAi], Models = [Named("gpt-4o"), Named("gpt-4o")] },
            A.Registry()
        );

        result.Snapshot.ShouldBeNull();
        result
            .Problems.Select(problem => problem.ToString())
            .ShouldBe([
                "error: providers.openai: Two providers are named 'openai'. Give one of them another name.",
                "error: models.gpt-4o: Two models are named 'gpt-4o'. Put their deployments under one.",
            ]);
    }

    [Fact]
    public void MissingDefaultPolicy_IsNamedWithWhatIsThere()
    {
        var result = SnapshotBuilder.Build(new WyeConfig { Providers = [OpenAi] }, A.Registry("static"));

        result
            .Problems.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("error: routes.auto.policies[0]: There is no policy 'heuristic'. Known: static.");
    }

    private static ModelConfig Named(string name) => new() { Name = name };

    private static WyeSnapshot Build(WyeConfig config, DateOnly? today = null)
    {
        var result = SnapshotBuilder.Build(config, A.Registry(), today: today);
        result.Problems.Where(problem => problem.Severity == ConfigSeverity.Error).ShouldBeEmpty();
        return result.Snapshot!;
    }
}
