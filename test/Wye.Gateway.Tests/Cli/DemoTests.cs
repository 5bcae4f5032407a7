using System.Text.Json;
using Wye.Cli.Demo;
using Wye.Cli.Http;
using Wye.Primitives;
using Wye.Routing.Selection;

namespace Wye.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AnswersEveryPromptAndItsBooksBalanceToThePicoDollar()
    {
        using var run = new CliRun();
        (await run.RunAsync("demo", "--quick", "--json")).ShouldBe(ExitCodes.Ok, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        var requests = root.GetProperty("requests").EnumerateArray().ToList();
        requests.Count.ShouldBe((DemoPrompts.Load().Length + 2) / 3);
        root.GetProperty("answered").GetInt32().ShouldBe(requests.Count);
        root.GetProperty("balanced").GetBoolean().ShouldBeTrue();
        var bill = root.GetProperty("bill_picodollars").GetString();
        bill.ShouldBe(
            requests
                .Sum(request => request.GetProperty("cost_picodollars").GetInt64())
                .ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        requests.ShouldAllBe(request => request.GetProperty("why").GetString()!.Length > 0);
        requests.ShouldContain(request => request.GetProperty("streamed").GetBoolean());
        requests.ShouldContain(request => !request.GetProperty("streamed").GetBoolean());
    }

    [Fact]
    public async Task DemoReport_SaysCostQualityTiersBooksAndWorkflow()
    {
        using var run = new CliRun();
        (await run.RunAsync("demo", "--quick", "--once")).ShouldBe(ExitCodes.Ok, run.Error);
        foreach (var heading in new[] { "Cost and quality", "Requests by tier", "Books" })
        {
            run.Output.ShouldContain(heading);
        }

        run.Output.ShouldContain("Equal to the pico-dollar.");
        run.Output.ShouldContain("refactor a codebase");
        run.Output.ShouldMatch("The goal of 5x is (reached|missed)");
    }

    [Theory]
    [InlineData("cascade", "first")]
    [InlineData("judge_router", "classify")]
    public async Task DemoOfAPolicy_ShowsItsCallsBesideStatic_WithBalancedBooks(string policy, string cause)
    {
        using var run = new CliRun();
        (await run.RunAsync("demo", "--quick", "--json", "--policy", policy)).ShouldBe(ExitCodes.Ok, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        root.GetProperty("policy").GetString().ShouldBe(policy);
        root.GetProperty("balanced").GetBoolean().ShouldBeTrue();
        root.GetProperty("static").GetProperty("right_answers").GetInt32().ShouldBeGreaterThan(0);
        var calls = root.GetProperty("calls").EnumerateArray().ToList();
        calls.ShouldContain(call => call.GetProperty("cause").GetString() == cause);
        calls
            .Sum(call => call.GetProperty("cost_picodollars").GetInt64())
            .ShouldBe(
                root.GetProperty("cost_picodollars").GetProperty("routed").GetInt64(),
                "every attempt is in the cost"
            );
    }

    [Fact]
    public void Totals_NoticeAPicoDollarOfDifference()
    {
        var totals = DemoTotals.Of([Row("small", 10, 50)], ledger: 10, bill: 11);
        totals.Balanced.ShouldBeFalse();
        DemoTotals.Of([Row("small", 10, 50)], 10, 10).Balanced.ShouldBeTrue();
    }

    [Fact]
    public void Totals_CountFailuresApartAndCompareCosts()
    {
        var failed = new DemoRow(Prompt, new ChatAnswer { Status = 503, Error = "down" }, null);
        var totals = DemoTotals.Of([Row("small", 10, 50), Row("large", 40, 50), failed], 50, 50);
        totals.Answered.ShouldBe(2);
        totals.Failed.ShouldBe(1);
        totals.Factor.ShouldBe(2);
        totals.ByTier["small"].ShouldBe(1);
        totals.QualityKept.ShouldBe(0);
    }

    [Fact]
    public void Samples_AreWellLabelledAndMixed()
    {
        var prompts = DemoPrompts.Load();
        prompts.Length.ShouldBeGreaterThanOrEqualTo(60);
        prompts.Select(prompt => prompt.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(prompts.Length);
        prompts.Select(prompt => prompt.Text).Distinct(StringComparer.Ordinal).Count().ShouldBe(prompts.Length);
        foreach (var prompt in prompts)
        {
            StepKinds.TryParse(prompt.StepKind, out _).ShouldBeTrue(prompt.Id);
            var (from, below) = prompt.Difficulty switch
            {
                "easy" => (0.0, 0.34),
                "medium" => (0.34, 0.67),
                "hard" => (0.67, 1.01),
                _ => throw new InvalidOperationException(prompt.Id),
            };
            prompt.DifficultyValue.ShouldBeInRange(from, below, prompt.Id);
        }

        prompts
            .Select(prompt => prompt.StepKind)
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(StepKinds.All.Count);
        Share("easy").ShouldBe(0.65, 0.05);
        Share("medium").ShouldBe(0.25, 0.05);
        Share("hard").ShouldBe(0.10, 0.05);

        double Share(string difficulty) =>
            prompts.Count(prompt => prompt.Difficulty == difficulty) / (double)prompts.Length;
    }

    [Fact]
    public void Workflow_HasFourSmallFourMediumAndTwoLargeSteps()
    {
        WorkflowExample
            .Steps.CountBy(step => step.Tier)
            .ShouldBe([new(TierClass.Small, 4), new(TierClass.Large, 2), new(TierClass.Medium, 4)], ignoreOrder: true);
    }

    [Fact]
    public void Workflow_IsPricedExactlyFromTheCatalog()
    {
        // 55,500 tokens in, 13,800 out: x $5 and $25 per million for claude-opus-4-5, x $2.50 and $10 for gpt-4o.
        WorkflowExample.Cost(_ => DemoModels.Large).ShouldBe(Usd.FromDollars(0.6225m));
        WorkflowExample.Cost(_ => DemoModels.Medium).ShouldBe(Usd.FromDollars(0.27675m));
    }

    private static readonly DemoPrompt Prompt = new("x-01", "text", "easy", 0.1, "chat");

    private static DemoRow Row(string tier, long cost, long strong) =>
        new(
            Prompt,
            new ChatAnswer { Status = 200 },
            new LedgerFacts
            {
                StepKind = "chat",
                Tier = tier,
                Cost = new Usd(cost),
                StrongCost = new Usd(strong),
                Usage = default,
                DecisionMicroseconds = 1,
            }
        );
}
