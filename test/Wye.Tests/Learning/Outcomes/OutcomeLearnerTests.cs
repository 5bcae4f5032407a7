using Wye.Learning.Numerics;
using Wye.Quality.Heads;
using Wye.Quality.Prior;

namespace Wye.Learning.Outcomes;

public sealed class OutcomeLearnerTests
{
    private const string Basis = "router/profile";
    private const string Model = "m";
    private const int Cells = 6;
    private const int Whole = 1_000_000;

    [Fact]
    public void Correction_IsShrunk_OnTheWholeAndByCells()
    {
        var live = new LiveOutcomes();
        var learner = new OutcomeLearner(live);
        learner.Learn([Lesson(2, 20, -16 * Whole), Lesson(3, 30, 3 * Whole)]);

        var correction = live.Current.Find(Basis, Model).ShouldNotBeNull();
        // By hand: whole -13 / (50 + 50); cell 2: (-16 + 20 * .13) / (20 + 50); cell 3: (3 + 30 * .13) / (30 + 50).
        At(correction, 2).ShouldBe(-0.13 - (13.4 / 70), 1e-6);
        At(correction, 3).ShouldBe(-0.13 + (6.9 / 80), 1e-6);
        At(correction, 5).ShouldBe(-0.13, 1e-6);
        At(correction, 900).ShouldBe(-0.13, 1e-6, "a cell that nobody judged");
        correction.Doubt(new CellMix([2], [1])).ShouldBe(50f / 70);
        correction.Doubt(new CellMix([5], [1])).ShouldBe(1);
        live.Current.Find(Basis, "other").ShouldBeNull();
        live.Current.Find("other/profile", Model).ShouldBeNull();
        live.Current.Judgements.ShouldBe(50);
    }

    [Fact]
    public void WhatIsTakenBack_LeavesTheVeryBits_InAnyOrder()
    {
        var random = new Gaussian(5);
        var kept = Enumerable.Range(0, 200).Select(_ => Random(random)).ToArray();
        var gone = Enumerable.Range(0, 200).Select(_ => Random(random)).ToArray();
        var plain = Table(kept);
        var mixed = Table([
            .. gone.Take(100),
            .. kept.Reverse(),
            .. gone.Skip(100),
            .. gone.Select(one => one with { Count = -1, Missed = -one.Missed }),
        ]);

        for (var cell = 0; cell < Cells; cell++)
        {
            At(mixed, cell).ShouldBe(At(plain, cell), "to the bit");
        }

        // And it is the lessons that make it so: without them another value stands there.
        At(Table([.. kept, gone[0]]), gone[0].Cell).ShouldNotBe(At(plain, gone[0].Cell));
    }

    [Fact]
    public void ModelWithNothingLeft_IsForgotten()
    {
        var live = new LiveOutcomes();
        var learner = new OutcomeLearner(live);
        learner.Learn([Lesson(1, 1, 5)]);
        learner.Learn([Lesson(1, -1, -5)]);

        live.Current.Find(Basis, Model).ShouldBeNull();
        live.Current.Judgements.ShouldBe(0);
    }

    [Fact]
    public void NoSingleJudgement_MovesAnEstimateFurtherThanStated()
    {
        MostMove(OutcomeLearner.Pseudo).ShouldBeInRange(OutcomeLearner.MostMove / 2, OutcomeLearner.MostMove);
        // The measure sees what is too far: with a probe's pseudo-questions it would be.
        MostMove(ProbeCorrection.Pseudo).ShouldBeGreaterThan(OutcomeLearner.MostMove);
    }

    [Fact]
    public void CellOutOfBounds_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new OutcomeLearner(new LiveOutcomes()).Learn([Lesson(EstimateScratch.Limit, 1, 0)])
        );

    // The worst over histories that are all alike, all in other cells, or random, and over any next judgement.
    private static double MostMove(float pseudo)
    {
        var random = new Gaussian(11);
        var worst = 0.0;
        for (var history = 0; history < 400; history++)
        {
            var counts = new int[Cells];
            var missed = new double[Cells];
            var length = random.NextBelow(300);
            var (bias, spread) = (random.NextUniform() * 2 - 1, history % 3);
            for (var i = 0; i < length; i++)
            {
                var cell = spread == 0 ? 0 : random.NextBelow(spread == 1 ? 2 : Cells);
                counts[cell]++;
                missed[cell] += history % 2 == 0 ? Math.Sign(bias) : (random.NextUniform() * 2) - 1;
            }

            for (var cell = 0; cell < Cells; cell++)
            {
                foreach (var miss in (double[])[-1, 1])
                {
                    worst = Math.Max(worst, Moved(counts, missed, cell, miss, pseudo));
                }
            }
        }

        return worst;
    }

    private static double Moved(int[] counts, double[] missed, int cell, double miss, float pseudo)
    {
        var before = CellCorrection.Of([.. counts], missed, pseudo);
        int[] more = [.. counts];
        double[] then = [.. missed];
        more[cell]++;
        then[cell] += miss;
        var after = CellCorrection.Of(more, then, pseudo);
        return Enumerable.Range(0, Cells).Max(at => Math.Abs(At(after, at) - At(before, at)));
    }

    private static CellCorrection Table(OutcomeLearner.Lesson[] lessons)
    {
        var live = new LiveOutcomes();
        var learner = new OutcomeLearner(live);
        foreach (var lesson in lessons)
        {
            learner.Learn([lesson]);
        }

        return live.Current.Find(Basis, Model).ShouldNotBeNull();
    }

    private static OutcomeLearner.Lesson Random(Gaussian random) =>
        Lesson(random.NextBelow(Cells), 1, (long)((random.NextUniform() * 2 * Whole) - Whole));

    private static OutcomeLearner.Lesson Lesson(int cell, int count, long missed) =>
        new(Basis, Model, cell, count, missed);

    private static double At(CellCorrection correction, int cell) => correction.Of(new CellMix([cell], [1]));
}
