using System.Text;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality.Estimates;
using Wye.Testing;

namespace Wye.Quality.Prior;

public sealed class ProbeTests
{
    private const string Easy = "tell me about the apple and the bread in the garden of some house";
    private const string Hard = "tell me about the integral of some tensor and the entropy of a lattice";

    [Fact]
    public void Profile_ThatStandsInWrongly_IsCorrectedWhereItIsWrong()
    {
        // The newcomer stands in the large tier, so the strong model speaks for it; in truth it answers like the weak one.
        var before = Estimates(0);
        var after = Estimates(120);

        before.Hard.Source.ShouldBe(EstimateSource.Tier);
        after.Hard.Source.ShouldBe(EstimateSource.Probe);
        before.Hard.Value.ShouldBeGreaterThan(0.85f);
        after.Hard.Value.ShouldBeLessThan(0.45f);
        after.Easy.Value.ShouldBeGreaterThan(0.8f);
    }

    [Fact]
    public void MoreQuestions_CorrectMore_AndLeaveLessDoubt()
    {
        var few = Estimates(8);
        var many = Estimates(120);
        few.Hard.Value.ShouldBeGreaterThan(many.Hard.Value);
        few.Hard.Uncertainty.ShouldBeGreaterThan(many.Hard.Uncertainty);
    }

    [Fact]
    public void Words_SayHowManyQuestionsWereAsked() =>
        Pool(120).ProfileOf(3).Words.ShouldBe("like strong (its tier), corrected by 120 probe questions");

    private static (QualityEstimate Easy, QualityEstimate Hard) Estimates(int questions)
    {
        var pool = Pool(questions);
        return (Estimate(pool, Easy), Estimate(pool, Hard));
    }

    private static QualityEstimate Estimate(ServedPool pool, string text)
    {
        var estimates = new QualityEstimate[pool.Count];
        using var prompt = PromptScoring.Rent(A.Asked(text));
        pool.Quality.Estimate(prompt, estimates);
        return estimates[3];
    }

    private static ServedPool Pool(int questions)
    {
        var catalog = A.Pool([
            A.PoolModel("weak", "small"),
            A.PoolModel("middling", "medium"),
            A.PoolModel("strong", "large"),
            A.PoolModel("newcomer", "large"),
        ]).Catalog;
        // Other questions than those trained on.
        LabelledSet set = TinyWorld.Set(questions, seed: 9);
        ProbeAnswer[] answers =
        [
            .. set.Queries.Select(
                (query, i) =>
                    new ProbeAnswer(Encoding.UTF8.GetBytes(query.Prompt), [], [], set.Score(i, set.IndexOf("weak")))
            ),
        ];
        return ServedPool.Bind(
            ServedRouter.Of(TinyRouter.Manifest, TinyRouter.Snapshot),
            catalog,
            new Dictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<string, IReadOnlyList<ProbeAnswer>>(StringComparer.Ordinal) { ["newcomer"] = answers }
        );
    }
}
