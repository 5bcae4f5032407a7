using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Learning.Evaluation;

public sealed class GuardJudgementTests
{
    private static readonly Corpus Corpus = Corpus.Build([TinyWorld.Set(300)]);

    [Fact]
    public void Guard_OfTheSameData_IsVerified()
    {
        int[] guard = GuardJudgement.Items(Corpus, 1);

        GuardJudgement.Verified(Corpus, Manifest(GuardJudgement.HashOf(Corpus, guard)), Router([])).ShouldBe(guard);
    }

    [Fact]
    public void Guard_OfOtherData_MayNotBeCalledUnseen()
    {
        string hash = GuardJudgement.HashOf(Corpus, GuardJudgement.Items(Corpus, 1));
        Corpus other = Corpus.Build([TinyWorld.Set(280, seed: 9)]);

        Should
            .Throw<InvalidDataException>(() => GuardJudgement.Verified(other, Manifest(hash), Router([])))
            .Message.ShouldBe(
                "The guard split of this data is not the one that was set aside when router 'desk' was trained, so it may not be called unseen. Give --data the same sets: tiny."
            );
    }

    [Fact]
    public void Guard_ThatWasLearnedFrom_IsRefused()
    {
        int[] guard = GuardJudgement.Items(Corpus, 1);
        int[] seen = [.. guard.Select(i => Folds.HashOf(Corpus.Query(i).Key)).Order()];

        Should
            .Throw<InvalidDataException>(() =>
                GuardJudgement.Verified(Corpus, Manifest(GuardJudgement.HashOf(Corpus, guard)), Router(seen))
            )
            .Message.ShouldContain("has seen its guard split");
    }

    [Fact]
    public void Router_WithoutAGuard_IsRefused() =>
        Should
            .Throw<InvalidDataException>(() => GuardJudgement.Verified(Corpus, Manifest(""), Router([])))
            .Message.ShouldContain("carries no guard split");

    [Fact]
    public void Router_ThatLearnedTooFewCostsOfAModel_IsJudgedWithItsMeanCost()
    {
        LabelledSet set = TinyWorld.Set(1500);
        Corpus corpus = Corpus.Build([set]);
        int[] guard = GuardJudgement.Items(corpus, 1);
        int[] learned = [.. Enumerable.Range(0, corpus.Count).Except(guard)];
        foreach (int item in learned)
            set.Costs[(item * set.Models.Count) + set.IndexOf("strong")] = double.NaN;
        RouterSnapshot router = new RouterTrainer(corpus, TinyWorld.Options).Fit("tiny", [], [], learned);

        ChampionGuard.Verdict verdict = GuardJudgement.Judge(corpus, router, guard, 1).ShouldNotBeNull();

        // Every setting of a sweep without numbers is the first model, which gains nothing over a mix of itself.
        verdict.OverMix.Value.ShouldBeGreaterThan(0.01);
    }

    private static RouterManifest Manifest(string guard) =>
        new()
        {
            Name = "desk",
            Seed = 1,
            Labels = 1,
            Sources = [new RouterManifest.Source("tiny", "", 1, 1)],
            Guard = guard,
        };

    private static RouterSnapshot Router(int[] trained) =>
        new()
        {
            Name = "desk",
            Encoder = null!,
            Models = [],
            TrainedQuestions = trained,
        };
}
