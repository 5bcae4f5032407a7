using Wye.Learning.Evaluation;
using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Learning.Training;

/// <summary>Questions whose texts say nothing; only their vectors tell which are hard.</summary>
public sealed class OutsideEmbeddingsTests
{
    private static readonly ExternalEncoder Encoder = new("embedder", 4, Shortened: false);
    private static readonly int[] Train = [.. Enumerable.Range(0, 400)];
    private static readonly int[] Test = [.. Enumerable.Range(400, 200)];
    private static readonly bool[] s_hard = [.. TinyWorld.Set().Queries.Select(q => q.Task == "science")];
    private static readonly (LabelledSet Set, PromptVectors Vectors) World = Make();
    private static readonly Corpus Corpus = Corpus.Build([World.Set], World.Vectors);
    private static readonly RouterSnapshot Router = Fit(Corpus);

    [Fact]
    public void Router_LearnsFromTheVectors_WhatNoTextSays()
    {
        Router.Encoder.External.ShouldBe(Encoder);
        Apart(Router, Corpus).ShouldBeGreaterThan(0.4);

        Corpus bare = Corpus.Build([World.Set]);
        Apart(Fit(bare), bare).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void RouterFile_ReadBack_ScoresTheSame()
    {
        using var stream = new MemoryStream();
        RouterFile.Write(
            stream,
            new RouterManifest
            {
                Name = "outside",
                Seed = 1,
                Labels = 400,
                Sources = [],
            },
            Router
        );
        stream.Position = 0;
        (_, RouterSnapshot read) = RouterFile.Read(stream);

        read.Encoder.External.ShouldBe(Encoder);
        RouterScoring
            .Gains(read, Corpus, Test, "weak", "strong")
            .ShouldBe(RouterScoring.Gains(Router, Corpus, Test, "weak", "strong"));
    }

    [Fact]
    public void Folds_AreTrainedOnTheVectorsToo()
    {
        var plan = new SplitPlan { Folds = 2 };

        PairEvaluation evaluation = PairEvaluation.Run(Corpus, 0, "weak", "strong", plan, TinyWorld.Options);

        float[] blend = evaluation.Scores[PairEvaluation.Blend];
        double[] hard =
        [
            .. evaluation
                .Items.Select((item, i) => (item, i))
                .Where(x => s_hard[x.item])
                .Select(x => (double)blend[x.i]),
        ];
        hard.Average().ShouldBeGreaterThan(blend.Average() + 0.15);
    }

    private static double Apart(RouterSnapshot router, Corpus corpus)
    {
        float[] gains = RouterScoring.Gains(router, corpus, Test, "weak", "strong");
        return Test.Zip(gains).Where(x => s_hard[x.First]).Average(x => x.Second)
            - Test.Zip(gains).Where(x => !s_hard[x.First]).Average(x => x.Second);
    }

    private static RouterSnapshot Fit(Corpus corpus) =>
        new RouterTrainer(corpus, TinyWorld.Options).Fit("outside", [], [], Train);

    private static (LabelledSet Set, PromptVectors Vectors) Make()
    {
        LabelledSet told = TinyWorld.Set();
        var random = new Gaussian(5);
        var vectors = new Dictionary<UInt128, float[]>();
        LabelledQuery[] queries =
        [
            .. told.Queries.Select(
                (query, i) =>
                {
                    string prompt = FormattableString.Invariant($"question {i}");
                    float side = query.Task == "science" ? 1 : -1;
                    vectors[VectorFile.KeyOf(prompt)] =
                    [
                        side,
                        0.5f * random.NextNormal(),
                        0.5f * random.NextNormal(),
                        0.5f * random.NextNormal(),
                    ];
                    return query with { Prompt = prompt, Key = prompt, Topic = "all", Task = "all" };
                }
            ),
        ];
        return (told.With(queries), new PromptVectors("v.vec", Encoder, vectors));
    }
}
