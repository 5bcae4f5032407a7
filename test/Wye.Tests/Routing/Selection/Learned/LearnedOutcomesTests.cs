using Wye.Catalog;
using Wye.Learning.Outcomes;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Ledger;
using Wye.Quality;
using Wye.Quality.Prior;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing.Selection.Learned;

/// <summary>Judgements of served answers as the last step of <c>prior</c>.</summary>
public sealed class LearnedOutcomesTests
{
    private const string Easy = "tell me about the apple and the bread in the garden of some house";
    private const string Hard = "tell me about the integral of some tensor and the entropy of a lattice";
    private readonly LiveOutcomes _live = new();
    private readonly OutcomeLearner _learner;

    public LearnedOutcomesTests() => _learner = new OutcomeLearner(_live);

    [Fact]
    public void Plan_SaysWhatIsExpected_OfTheModelChosen()
    {
        var plan = Plan(Easy);

        var expected = plan.Expected.ShouldNotBeNull();
        expected.Model.ShouldBe(plan.Nodes[0].Model.Id);
        expected.Basis.ShouldBe("tiny/weak/0/0");
        expected.Millionths.ShouldBeInRange(800_000, 1_000_000);
        expected.Position.Width.ShouldBe(TinyRouter.Snapshot.Encoder.PositionWidth);
        Plan(Hard).Expected.ShouldNotBeNull().Position.ShouldNotBe(expected.Position);
        Plan(Easy).Expected.ShouldNotBeNull().Position.ShouldBe(expected.Position);
    }

    [Fact]
    public void BadAnswers_SendTheirPromptsToAnotherModel_AndWhySaysSo()
    {
        var before = Plan(Easy).ShouldBe("weak");
        Judge(before.Expected!, score: 0, times: 20);

        var after = Plan(Easy);
        after.Nodes[0].Model.Id.Value.ShouldBe("middling");
        after.Why.ShouldEndWith("-> middling, with 20 outcomes of others");
        Plan(Easy, bar: 0).Why.ShouldEndWith("-> weak, corrected by 20 outcomes");
    }

    [Fact]
    public void ExpectationBeforeOutcomes_DoesNotDependOnThem()
    {
        var before = Plan(Easy, bar: 0).Expected;
        Judge(before!, score: 0, times: 20);
        Plan(Easy, bar: 0).Expected.ShouldBe(before);
    }

    [Fact]
    public void Uncertainty_FallsWhereItWasJudged_AndTheSourceIsNamed()
    {
        var before = Scored(Easy, "weak");
        Judge(Plan(Easy).Expected!, score: 1, times: 50);

        var after = Scored(Easy, "weak");
        after.Quality.Source.ShouldBe(Quality.Estimates.EstimateSource.Outcomes);
        after.Quality.Uncertainty.ShouldBeLessThan(before.Quality.Uncertainty * 0.9f);
        after.Profile.ShouldBe("own answers (weak), corrected by 50 outcomes");
        // What all prompts share is better known there too, but the rest is not.
        var left = after.Quality.Uncertainty / before.Quality.Uncertainty;
        Scored(Hard, "weak")
            .Quality.Uncertainty.ShouldBeGreaterThan(
                Scored(Hard, "weak", outcomes: false).Quality.Uncertainty * left * 1.2f
            );
        Scored(Easy, "strong").Quality.Source.ShouldBe(Quality.Estimates.EstimateSource.Own);
    }

    [Fact]
    public void Threshold_LearnsByTheDifference_ThoughThePairHasAHeadOfItsOwn()
    {
        var settings = new LearnedSettings { Objective = Objective.Threshold, Threshold = 0.3 };
        Plan(Easy, settings: settings).ShouldBe("weak");
        Judge(Plan(Easy).Expected!, score: 0, times: 40);
        Plan(Easy, settings: settings).ShouldBe("strong");
    }

    [Fact]
    public void JudgementsOnAnotherBasis_CorrectNothing_AndAreCounted()
    {
        var expected = Plan(Easy).Expected!;
        Judge(expected with { Basis = "other/weak/0/0" }, score: 0, times: 30);
        Judge(expected, score: 1, times: 2);

        Plan(Easy).ShouldBe("weak");
        Trace(Easy).Outcomes.ShouldBe((2, 30));
    }

    [Fact]
    public void ModelsOfOneProfile_AreJudgedApart()
    {
        // Both are like the weak one by their tier.
        IReadOnlyList<Model> models = [A.PoolModel("one", "small", 1, 4), A.PoolModel("two", "small", 9, 9)];
        var expected = Plan(Easy, models: models).ShouldBe("one").Expected!;
        Judge(expected, score: 0, times: 30);
        Plan(Easy, bar: 0.5, models: models).ShouldBe("two");
    }

    [Fact]
    public void NewcomerThatIsTakenForBetterThanItIs_IsFoundOut_WhereItFails_ThoughOnlyGivenAnswersAreJudged()
    {
        var blind = LastAnswers(judged: false);
        var taught = LastAnswers(judged: true);

        blind.Share(hard: true).ShouldBeGreaterThan(0.9);
        taught.Share(hard: true).ShouldBeLessThan(0.1);
        taught.Score(hard: true).ShouldBeGreaterThan(blind.Score(hard: true) + 0.5);
        taught.Share(hard: false).ShouldBeGreaterThan(0.9, "where it is good it stays");
    }

    // By its tier the strong one speaks for the newcomer, and it is the cheapest. In truth it answers like the weak one.
    private Answers LastAnswers(bool judged)
    {
        const int learning = 200;
        IReadOnlyList<Model> models =
        [
            A.PoolModel("newcomer", "large", 0.1m, 0.4m),
            A.PoolModel("middling", "medium", 3, 12),
            A.PoolModel("strong", "large", 10, 40),
        ];
        LabelledSet set = TinyWorld.Set(600, seed: 9);
        var world = new RoutingWorld(World(LearnedSettings.Default, models));
        var answers = new Answers([]);
        for (var q = 0; q < set.Queries.Count; q++)
        {
            var plan = world.Plan(A.Asked(set.Queries[q].Prompt)).Plan.ShouldNotBeNull();
            var model = plan.Nodes[0].Model.Id.Value;
            var score = set.Score(q, set.IndexOf(model == "newcomer" ? "weak" : model));
            if (q >= learning)
            {
                answers.All.Add((set.Queries[q].Task == "science", model == "newcomer", score));
            }

            if (judged)
            {
                Judge(plan.Expected!, (int)score, times: 1);
            }
        }

        return answers;
    }

    private sealed record Answers(List<(bool Hard, bool Newcomer, float Score)> All)
    {
        public double Share(bool hard) => All.Where(one => one.Hard == hard).Average(one => one.Newcomer ? 1 : 0);

        public double Score(bool hard) => All.Where(one => one.Hard == hard).Average(one => one.Score);
    }

    [Fact]
    public void FeedbackThatIsOff_ExpectsNothing()
    {
        var snapshot = World(LearnedSettings.Default, null);
        var learned = new LearnedRouting(snapshot.Learned!.Pool, null) { TakesFeedback = false }.With(_live);
        learned.Outcomes.ShouldBeNull();
        new RoutingWorld(snapshot with { Learned = learned }).Plan(A.Asked(Easy)).Plan!.Expected.ShouldBeNull();
    }

    private void Judge(QualityExpectation expected, int score, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _learner.Learn(
                new OutcomeLearner.Lesson(
                    expected.Basis,
                    expected.Model.Value,
                    expected.Position,
                    (score * QualityExpectation.Whole) - expected.Millionths
                )
            );
        }

        _learner.Publish();
    }

    private RoutePlan Plan(
        string text,
        double bar = 0.8,
        LearnedSettings? settings = null,
        IReadOnlyList<Model>? models = null
    ) =>
        new RoutingWorld(World((settings ?? LearnedSettings.Default), models))
            .Plan(A.Asked(text, hints: settings is null ? Bar(bar) : null))
            .Plan.ShouldNotBeNull();

    private DecisionTrace.Scored Scored(string text, string model, bool outcomes = true) =>
        Trace(text, outcomes).Candidates.Single(one => one.Model.Value == model);

    private DecisionTrace Trace(string text, bool outcomes = true)
    {
        var snapshot = World(LearnedSettings.Default, null, outcomes ? _live : new LiveOutcomes());
        return new RoutingWorld(snapshot)
            .Router.Plan(A.Asked(text), snapshot, RoutingWorld.Key, null, new PlanAids { Explain = true })
            .Trace.ShouldNotBeNull();
    }

    private RoutingSnapshot World(LearnedSettings settings, IReadOnlyList<Model>? models, LiveOutcomes? live = null) =>
        A.Pool(
            models
                ??
                [
                    A.PoolModel("weak", "small", 1, 4),
                    A.PoolModel("middling", "medium", 3, 12),
                    A.PoolModel("strong", "large", 10, 40),
                ],
            route => route with { Policies = [new LearnedPolicy()], Learned = settings },
            change: snapshot =>
                LearnedWorld.With(
                    snapshot,
                    ServedRouter.Of(TinyRouter.Manifest with { Identity = "tiny" }, TinyRouter.Snapshot),
                    outcomes: live ?? _live
                )
        );

    private static Chat.CallerHints Bar(double bar) => new() { Quality = new Primitives.Probability(bar) };
}

internal static class PlanShould
{
    /// <summary>The plan, whose first model is the one named.</summary>
    public static RoutePlan ShouldBe(this RoutePlan plan, string model)
    {
        plan.Nodes[0].Model.Id.Value.ShouldBe(model);
        return plan;
    }
}
