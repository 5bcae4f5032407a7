using Wye.Catalog;
using Wye.Primitives;
using Wye.Quality.Estimates;
using Wye.Routing.Selection.Learned;
using Wye.Testing;

namespace Wye.Quality.Prior;

public sealed class PriorTests
{
    private static readonly string[] Measured =
    [
        "claude-3-haiku-20240307",
        "claude-3-5-sonnet-20240620",
        "gpt-4o-mini-2024-07-18",
        "gpt-4o-2024-05-13",
        "gpt-4o-2024-08-06",
        "Meta-Llama-3.1-70B-Instruct",
        "anthropic_claude-3-opus-20240229",
        "o1-mini-2024-09-12",
    ];

    [Theory]
    [InlineData("claude-3-haiku", "claude-3-haiku-20240307")]
    [InlineData("claude-3.5-sonnet", "claude-3-5-sonnet-20240620")]
    [InlineData("gpt-4o", "gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13")]
    [InlineData("gpt-4o-mini", "gpt-4o-mini-2024-07-18")]
    [InlineData("llama-3.1-70b", "Meta-Llama-3.1-70B-Instruct")]
    [InlineData("openrouter/claude-3-opus", "anthropic_claude-3-opus-20240229")]
    public void OwnHead_IsFoundWhateverItsDateOrVendor(string model, string measured)
    {
        var profile = Book().Of(model, "small", 1, 3);
        profile.Measured.ShouldBe(measured);
        profile.Source.ShouldBe(EstimateSource.Own);
    }

    [Fact]
    public void ConfiguredLikeness_ComesBeforeTableAndTier_AndMayNameAnUnmeasuredModel()
    {
        var likes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mine"] = "claude-3-haiku",
            ["yours"] = "claude-haiku-4-5",
        };
        Book(likes).Of("mine", "large", 3, 3).ShouldBe(new ModelProfile(0, 0, EstimateSource.Like, Measured[0]));
        Book(likes).Of("yours", "large", 3, 3).ShouldBe(new ModelProfile(1, 0, EstimateSource.Like, Measured[1]));
    }

    [Fact]
    public void Likenesses_InACircle_EndAtTheTier()
    {
        var likes = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b", ["b"] = "a" };
        Book(likes).Of("a", "small", 1, 3).Source.ShouldBe(EstimateSource.Tier);
    }

    [Fact]
    public void NewModelOfAKnownFamily_GetsItsProfile_Raised()
    {
        var profile = Book().Of("claude-opus-4-5", "large", 3, 3);
        profile.Source.ShouldBe(EstimateSource.Family);
        profile.Words.ShouldBe("like claude-3-5-sonnet-20240620, raised 0.90 (built-in table)");
    }

    [Fact]
    public void UnknownModel_GetsTheProfileOfItsTier()
    {
        Book().Of("nobody-1", "small", 1, 3).Measured.ShouldBe("gpt-4o-mini-2024-07-18");
        Book().Of("nobody-1", "cheap", 1, 2).Measured.ShouldBe("gpt-4o-mini-2024-07-18");
        Book().Of("nobody-1", "dear", 2, 2).Measured.ShouldBe("claude-3-5-sonnet-20240620");
        Book().Of("nobody-1", "dear", 2, 2).Source.ShouldBe(EstimateSource.Tier);
    }

    [Fact]
    public void RouterOfStrangeModels_OrdersTiersByMeanQuality()
    {
        var book = new ProfileBook(
            ["x", "y", "z"],
            [0.9f, 0.3f, 0.6f],
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        book.Of("new", "large", 3, 3).Measured.ShouldBe("x");
        book.Of("new", "medium", 2, 3).Measured.ShouldBe("z");
        book.Of("new", "small", 1, 3).Measured.ShouldBe("z");
    }

    [Fact]
    public void EveryChatModelOfTheTable_HasAProfile()
    {
        foreach (var model in BuiltInCatalog.Models.Where(model => model.Kind == ModelKind.Chat))
        {
            Book().Of(model.Id.Value, model.Tier.Value, 1, 3).Head.ShouldBeInRange(0, Measured.Length - 1);
        }
    }

    [Fact]
    public void GuessedProfiles_AreMonotoneInTheTier_WhateverThePrompt()
    {
        var random = new Random(4);
        for (int round = 0; round < 200; round++)
        {
            var says = Measured.Select(name => (name, (float)random.NextDouble())).ToArray();
            var estimates = Estimate(
                says,
                A.PoolModel("gpt-5-mini", "small"),
                A.PoolModel("claude-haiku-4-5", "small"),
                A.PoolModel("gpt-5.1", "medium"),
                A.PoolModel("nobody", "medium"),
                A.PoolModel("claude-opus-4-5", "large"),
                A.PoolModel("nobody-large", "large")
            );
            float small = Math.Max(estimates[0].Value, estimates[1].Value);
            float medium = Math.Min(estimates[2].Value, estimates[3].Value);
            medium.ShouldBeGreaterThanOrEqualTo(small);
            Math.Min(estimates[4].Value, estimates[5].Value)
                .ShouldBeGreaterThanOrEqualTo(Math.Max(estimates[2].Value, estimates[3].Value));
        }
    }

    [Fact]
    public void MeasuredModel_MayFallBelowAWeakerTier()
    {
        var estimates = Estimate(
            [("gpt-4o-mini-2024-07-18", 0.9f), ("gpt-4o-2024-08-06", 0.5f)],
            A.PoolModel("gpt-4o-mini", "small"),
            A.PoolModel("gpt-4o", "large")
        );
        estimates.Select(one => one.Value).ShouldBe([0.9f, 0.5f]);
    }

    [Fact]
    public void Uncertainty_GrowsWithTheStep()
    {
        var estimates = Estimate(
            [.. Measured.Select(name => (name, 0.5f))],
            A.PoolModel("gpt-4o", "small"),
            A.PoolModel("gpt-5.1", "medium"),
            A.PoolModel("nobody", "large")
        );
        estimates.Select(one => one.Source).ShouldBe([EstimateSource.Own, EstimateSource.Family, EstimateSource.Tier]);
        estimates.Select(one => one.Uncertainty).ShouldBe([0.02f, 0.12f, 0.17f], 1e-6);
    }

    private static ProfileBook Book(Dictionary<string, string>? likes = null) =>
        new(Measured, [], likes ?? new Dictionary<string, string>(StringComparer.Ordinal));

    private static QualityEstimate[] Estimate((string, float)[] says, params Model[] models)
    {
        var pool = ServedPool.Bind(
            LearnedWorld.Router(new FakeQuality(says)),
            A.Pool(models).Catalog,
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        var estimates = new QualityEstimate[pool.Count];
        using var prompt = PromptScoring.Rent(A.Asked("hi"));
        pool.Quality.Estimate(prompt, estimates);
        return [.. models.Select(model => estimates[pool.IndexOf(model.Id)])];
    }
}
