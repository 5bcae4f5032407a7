using System.IO.Compression;
using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;
using Wye.Testing;

namespace Wye.Learning.Training;

public sealed class RouterTrainerTests
{
    private static readonly Corpus Corpus = Corpus.Build([TinyWorld.Set()]);
    private static readonly int[] Train = [.. Enumerable.Range(0, 400)];
    private static readonly int[] Test = [.. Enumerable.Range(400, 200)];
    private static readonly RouterSnapshot Router = Fit();

    [Fact]
    public void Router_OnUnseenQuestions_SendsHardOnesToStrong()
    {
        float[] gains = RouterScoring.Gains(Router, Corpus, Test, "weak", "strong");

        double hard = Test.Select((i, k) => (i, k))
            .Where(x => Corpus.Query(x.i).Task == "science")
            .Average(x => gains[x.k]);
        double easy = Test.Select((i, k) => (i, k))
            .Where(x => Corpus.Query(x.i).Task == "life")
            .Average(x => gains[x.k]);

        (hard - easy).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void Router_PredictsQualityNearTheTruth()
    {
        (float[] quality, double[] cost) = RouterScoring.Pool(Router, Corpus, Test, ["weak", "strong"]);

        double weakOnHard = Test.Select((i, k) => (i, k))
            .Where(x => Corpus.Query(x.i).Task == "science")
            .Average(x => quality[x.k * 2]);
        double strongOnHard = Test.Select((i, k) => (i, k))
            .Where(x => Corpus.Query(x.i).Task == "science")
            .Average(x => quality[(x.k * 2) + 1]);

        weakOnHard.ShouldBe(0.2, 0.12);
        strongOnHard.ShouldBe(0.9, 0.12);
        (cost[1] / cost[0]).ShouldBe(10, 1);
    }

    [Fact]
    public void Training_Twice_GivesTheSameBytes() => Bytes(Fit()).ShouldBe(Bytes(Router));

    [Fact]
    public void RouterFile_ReadBack_ScoresTheSame()
    {
        using var stream = new MemoryStream(Bytes(Router));
        (RouterManifest manifest, RouterSnapshot read) = RouterFile.Read(stream);

        manifest.Sources.ShouldBe(Manifest.Sources);
        manifest.Metrics.ShouldBe(Manifest.Metrics);
        (manifest with { Identity = "", Sources = Manifest.Sources, Metrics = Manifest.Metrics }).ShouldBe(Manifest);
        float[] before = RouterScoring.Gains(Router, Corpus, Test, "weak", "strong");
        float[] after = RouterScoring.Gains(read, Corpus, Test, "weak", "strong");
        for (int i = 0; i < before.Length; i++)
            after[i].ShouldBe(before[i]);
        read.Models.ShouldBe(Router.Models);
        read.TrainedQuestions.ShouldBe(Router.TrainedQuestions);
    }

    [Fact]
    public void RouterFile_WithAFlippedByte_IsRefused()
    {
        byte[] bytes = Bytes(Router);
        // Content of the first tensor: a flipped bit between contents may be a time, which says nothing.
        int content = 30 + BitConverter.ToUInt16(bytes, 26) + BitConverter.ToUInt16(bytes, 28);
        bytes[content + 8] ^= 0x40;

        Should
            .Throw<RouterFileException>(() => RouterFile.Read(new MemoryStream(bytes)))
            .Message.ShouldContain("again");
    }

    [Fact]
    public void RouterFile_ThatIsNone_IsRefused() =>
        Should
            .Throw<RouterFileException>(() => RouterFile.Read(new MemoryStream([1, 2, 3])))
            .Message.ShouldContain("damaged");

    [Theory]
    [InlineData(RouterFile.Version + 1, "Update the program, or train the router again.")]
    [InlineData(RouterFile.Version - 1, "; this program reads version 3. Train the router again.")]
    public void RouterFile_OfAnotherVersion_SaysWhichSideIsOld(int version, string words)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var manifest = new StreamWriter(archive.CreateEntry("manifest.json").Open()))
            manifest.Write($$"""{"format": "wye-router", "version": {{version}}}""");

        Should.Throw<RouterFileException>(() => RouterFile.Read(stream)).Message.ShouldEndWith(words);
    }

    [Fact]
    public void Unseen_LeavesOutWhatWasTrainedOn() => RouterScoring.Unseen(Router, Corpus, 0).ShouldBe(Test);

    [Fact]
    public void Scoring_AllocatesNothing()
    {
        var scratch = new PromptScratch();
        float[] heads = new float[Router.Models.Count];
        byte[] prompt = "tell me about the integral of some tensor"u8.ToArray();

        Allocations
            .Least(() =>
            {
                for (int i = 0; i < 100; i++)
                    Score(scratch, heads, prompt);
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Calibrations_OfTheRouter_RiseStrictly()
    {
        foreach (MonotoneCalibration calibration in Router.Quality!.Calibrations)
        {
            float last = float.NegativeInfinity;
            for (float raw = -0.5f; raw < 1.5f; raw += 0.001f)
            {
                float next = calibration.Apply(raw);
                next.ShouldBeGreaterThan(last);
                last = next;
            }
        }
    }

    [Fact]
    public void PairEvaluation_BeatsChanceByFar()
    {
        PairEvaluation evaluation = PairEvaluation.Run(
            Corpus,
            0,
            "weak",
            "strong",
            new SplitPlan { Folds = 2 },
            TinyWorld.Options
        );

        // An order by theme alone reaches (.5 + .75)-ish of the area; a perfect one more.
        evaluation.Curve(PairEvaluation.Blend).Apgr().ShouldBeGreaterThan(0.68);
        evaluation.Items.Length.ShouldBe(600);
        PairReport report = PairReport.Of(Corpus, evaluation, resamples: 50);
        report.Routers[0].Apgr.Low.ShouldBeGreaterThan(0.6);
        report
            .Routers.Select(r => r.Name)
            .Take(3)
            .ShouldBe([PairEvaluation.Blend, PairEvaluation.TfIdf, PairEvaluation.TaskTable]);
    }

    [Fact]
    public void ChampionGuard_OfAnUninformedRouter_RefusesTheCrown()
    {
        PoolOutcome pool = new(
            ["weak", "strong"],
            [.. Test.SelectMany(i => (float[])[Corpus.Sets[0].Score(i, 2), Corpus.Sets[0].Score(i, 1)])],
            [.. Test.SelectMany(i => (double[])[Corpus.Sets[0].Cost(i, 2), Corpus.Sets[0].Cost(i, 1)])]
        );
        float[] flat = [.. Test.SelectMany(_ => (float[])[0.5f, 0.9f])];

        ChampionGuard.Judge(pool, flat, pool.Cost, resamples: 50).Champion.ShouldBeFalse();
    }

    private static readonly RouterManifest Manifest = new()
    {
        Name = "tiny",
        Seed = 1,
        Labels = 400,
        Sources = [new RouterManifest.Source("tiny", new string('0', 64), 400, 3)],
        Guard = "abc",
        Champion = true,
        Threshold = 0.25,
        Target = "strong share 0.3",
        Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["apgr"] = 0.7 },
    };

    private static RouterSnapshot Fit() =>
        new RouterTrainer(Corpus, TinyWorld.Options).Fit("tiny", [], [("weak", "strong")], Train);

    private static byte[] Bytes(RouterSnapshot router)
    {
        using var stream = new MemoryStream();
        RouterFile.Write(stream, Manifest, router);
        return stream.ToArray();
    }

    private static void Score(PromptScratch scratch, float[] heads, byte[] prompt)
    {
        EncodedPrompt encoded = Router.Encode(new Signals.Features.PromptText { User = prompt }, scratch);
        Router.Quality!.Estimate(encoded, scratch.Estimates, heads);
    }
}
