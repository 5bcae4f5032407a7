using Wye.Primitives;
using Wye.Quality.Prior;

namespace Wye.Learning.Outcomes;

public sealed class OutcomeLearnerTests
{
    private const string Basis = "router/profile";
    private const string Model = "m";
    private static readonly float[] s_here = [1, 0];

    private readonly LiveOutcomes _live = new();
    private readonly OutcomeLearner _learner;

    public OutcomeLearnerTests() => _learner = new OutcomeLearner(_live);

    [Fact]
    public void Judgements_AreKnownOncePublished_PerModelAndBasis()
    {
        for (var i = 0; i < 50; i++)
        {
            _learner.Learn(Judged(0, expected: 260_000));
        }

        _live.Current.Judgements.ShouldBe(0);
        _learner.Publish();

        var correction = _live.Current.Find(Basis, Model).ShouldNotBeNull();
        // Fifty answers missed by .26: the mean alone, shrunk by fifty, is half of it; the position adds to that.
        correction.Of(s_here).ShouldBeInRange(-0.26f, -0.13f);
        _live.Current.Find(Basis, "other").ShouldBeNull();
        _live.Current.Find("other/profile", Model).ShouldBeNull();
        _live.Current.Judgements.ShouldBe(50);
    }

    [Fact]
    public void ChangedJudgement_TakesTheEarlierOneBack()
    {
        var (bad, good) = (Judged(0), Judged(1_000_000));
        _learner.Learn(good);
        _learner.Publish();
        var wanted = _live.Current.Find(Basis, Model)!.Of(s_here);

        var (other, live) = Fresh();
        other.Learn(bad);
        other.Learn(good, bad);
        other.Publish();
        live.Current.Find(Basis, Model)!.Of(s_here).ShouldBe(wanted, "to the bit");
        live.Current.Judgements.ShouldBe(1);
    }

    [Fact]
    public void ModelWithNothingLeft_IsForgotten()
    {
        _learner.Learn(Judged(0));
        _learner.Publish();
        _learner.Learn(null, Judged(0));
        _learner.Publish();

        _live.Current.Find(Basis, Model).ShouldBeNull();
        _live.Current.Judgements.ShouldBe(0);
    }

    [Fact]
    public void NothingSaid_TeachesNothing()
    {
        _learner.Learn(null);
        _learner.Publish();
        _live.Current.ShouldBeSameAs(OutcomeTable.Empty);
    }

    [Fact]
    public void Cleared_BeginsAnew()
    {
        _learner.Learn(Judged(0));
        _learner.Clear();
        _learner.Learn(Judged(1_000_000));
        _learner.Publish();
        _live.Current.Judgements.ShouldBe(1);
        _live.Current.Find(Basis, Model)!.Of(s_here).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ManyAtOnce_AllCount_AndTheLastPublishedHasThemAll()
    {
        var (one, live) = Fresh();
        for (var i = 0; i < 400; i++)
        {
            one.Learn(Judged(i % 3 * 400_000));
        }

        one.Publish();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(
                        () =>
                        {
                            for (var i = worker; i < 400; i += 8)
                            {
                                _learner.Learn(Judged(i % 3 * 400_000));
                                _learner.Publish();
                            }
                        },
                        TestContext.Current.CancellationToken
                    )
                )
        );

        _live.Current.Judgements.ShouldBe(400);
        _live
            .Current.Find(Basis, Model)!
            .Of(s_here)
            .ShouldBe(live.Current.Find(Basis, Model)!.Of(s_here), "to the bit");
    }

    private static (OutcomeLearner Learner, LiveOutcomes Live) Fresh()
    {
        var live = new LiveOutcomes();
        return (new OutcomeLearner(live), live);
    }

    private static OutcomeLearner.Lesson Judged(int score, int expected = 500_000) =>
        new(Basis, Model, PromptPosition.Of(s_here), score - expected);
}
