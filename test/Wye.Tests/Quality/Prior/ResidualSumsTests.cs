using Wye.Learning.Numerics;
using Wye.Primitives;

namespace Wye.Quality.Prior;

public sealed class ResidualSumsTests
{
    private const int Whole = 1_000_000;
    private const int Width = 4;
    private static readonly double[] s_strengths = [100, 50, 25, 12.5, 6.25, 3.125];

    [Fact]
    public void WithoutPositions_ItIsAShrunkMean()
    {
        var sums = new ResidualSums();
        Add(sums, [(default, -16 * Whole / 20, 20), (default, 3 * Whole / 30, 30)]);

        var model = sums.Fit(50);
        // By hand: -13 / (50 judgements + 50 pseudo-judgements); half of the doubt is left.
        model.Of(new float[Width]).ShouldBe(-0.13f, 1e-6f);
        model.Doubt(new float[Width]).ShouldBe(0.5f, 1e-6f);
        model.Questions.ShouldBe(50);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 2)]
    [InlineData(40, 3)]
    [InlineData(150, 4)]
    public void Fit_IsTheAverageOverPriors_WorkedOutFromTheJudgementsThemselves(int judgements, int seed)
    {
        var random = new Gaussian((ulong)seed);
        var points = Enumerable.Range(0, judgements).Select(_ => Draw(random, slope: 0.6)).ToArray();
        var sums = new ResidualSums();
        Add(sums, [.. points.Select(point => (point.Position, point.Missed, 1))]);

        var model = sums.Fit(10);
        for (var i = 0; i < 10; i++)
        {
            var at = Draw(random, 0).Position;
            var (mean, doubt) = Reference(points, at, pseudo: 10);
            model.Of(Floats(at)).ShouldBe((float)mean, 1e-5f);
            model.Doubt(Floats(at)).ShouldBe((float)doubt, 1e-5f);
        }
    }

    [Fact]
    public void WhatMissesInOneDirection_IsCorrectedThere_AndHardlyElsewhere()
    {
        var (bad, good) = (PromptPosition.Of([1, 0, 0, 0]), PromptPosition.Of([0, 1, 0, 0]));
        var sums = new ResidualSums();
        Add(sums, [(bad, -700_000, 60), (good, 50_000, 60)]);

        var model = sums.Fit(50);
        model.Of(Floats(bad)).ShouldBeInRange(-0.7f, -0.6f);
        model.Of(Floats(good)).ShouldBeInRange(-0.05f, 0.05f);
        model.Doubt(Floats(bad)).ShouldBeLessThan(0.2f);
        model.Doubt([0, 0, 0, 1]).ShouldBeGreaterThan(model.Doubt(Floats(bad)) * 2);
    }

    [Fact]
    public void NoiseThatPositionsDoNotExplain_TeachesHardlyMoreThanItsMean()
    {
        var random = new Gaussian(8);
        var sums = new ResidualSums();
        long all = 0;
        for (var i = 0; i < 400; i++)
        {
            var missed = random.NextUniform() < 0.5 ? -600_000 : 400_000;
            all += missed;
            sums.Add(Draw(random, 0).Position, missed, 1);
        }

        var model = sums.Fit(50);
        var mean = all / 1e6 / 450;
        for (var i = 0; i < 50; i++)
        {
            ((double)model.Of(Floats(Draw(random, 0).Position))).ShouldBe(mean, 0.05);
        }
    }

    [Fact]
    public void FirstJudgement_MovesNoEstimateByMoreThanATwentieth()
    {
        var random = new Gaussian(3);
        for (var i = 0; i < 200; i++)
        {
            var sums = new ResidualSums();
            sums.Add(Draw(random, 0).Position, i % 2 == 0 ? Whole : -Whole, 1);
            Math.Abs(sums.Fit(50).Of(Floats(Draw(random, 0).Position))).ShouldBeLessThan(0.05f);
        }
    }

    [Fact]
    public void WhatIsTakenBack_LeavesTheVeryBits_InAnyOrder()
    {
        var random = new Gaussian(5);
        var kept = Enumerable.Range(0, 100).Select(_ => Draw(random, 0.5)).ToArray();
        var gone = Enumerable.Range(0, 100).Select(_ => Draw(random, -0.5)).ToArray();
        var plain = new ResidualSums();
        Add(plain, [.. kept.Select(one => (one.Position, one.Missed, 1))]);
        var mixed = new ResidualSums();
        Add(mixed, [.. gone.Take(50).Select(one => (one.Position, one.Missed, 1))]);
        Add(mixed, [.. kept.Reverse().Select(one => (one.Position, one.Missed, 1))]);
        Add(mixed, [.. gone.Skip(50).Select(one => (one.Position, one.Missed, 1))]);
        var at = Floats(Draw(random, 0).Position);
        mixed.Fit(50).Of(at).ShouldNotBe(plain.Fit(50).Of(at), "so far they teach");

        foreach (var one in gone)
        {
            mixed.Add(one.Position, one.Missed, -1);
        }

        mixed.Fit(50).Of(at).ShouldBe(plain.Fit(50).Of(at), "to the bit");
        mixed.Fit(50).Doubt(at).ShouldBe(plain.Fit(50).Doubt(at));
        mixed.Questions.ShouldBe(100);
    }

    [Fact]
    public void PositionOfAnotherWidth_TeachesTheMeanOnly()
    {
        var sums = new ResidualSums();
        sums.Add(PromptPosition.Of([1, 0, 0, 0]), 0, 1);
        for (var i = 0; i < 50; i++)
        {
            sums.Add(PromptPosition.Of([0, 1]), -Whole, 1);
        }

        sums.Fit(50).Of([0, 1, 0, 0]).ShouldBe(-50f / 101, 0.01f);
    }

    [Fact]
    public void Copy_StandsAlone()
    {
        var sums = new ResidualSums();
        sums.Add(PromptPosition.Of([1, 0, 0, 0]), -Whole, 1);
        var before = sums.Fit(50).Of([1, 0, 0, 0]);
        var copy = new ResidualSums();
        copy.Add(PromptPosition.Of([0, 1]), 7, 1);
        sums.CopyTo(copy);
        sums.Add(PromptPosition.Of([1, 0, 0, 0]), -Whole, 1);

        copy.Fit(50).Of([1, 0, 0, 0]).ShouldBe(before);
    }

    // Seen from the judgements (a Gaussian process) instead of from the weights: another way to the same figures.
    private static (double Mean, double Doubt) Reference(
        (PromptPosition Position, int Missed)[] points,
        PromptPosition at,
        double pseudo
    )
    {
        var n = points.Length;
        var logs = new double[s_strengths.Length];
        var means = new double[s_strengths.Length];
        var doubts = new double[s_strengths.Length];
        for (var s = 0; s < s_strengths.Length; s++)
        {
            double Kernel(PromptPosition a, PromptPosition b) => (1 / pseudo) + (Product(a, b) / s_strengths[s]);
            var covariance = new double[n, n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    covariance[i, j] = Kernel(points[i].Position, points[j].Position) + (i == j ? 1 : 0);
                }
            }

            var right = points.Select(point => point.Missed / 1e6).ToArray();
            var near = points.Select(point => Kernel(point.Position, at)).ToArray();
            var (solved, log) = Eliminate(covariance, right);
            var (weights, _) = Eliminate(covariance, near);
            var unexplained = right.Zip(solved, (a, b) => a * b).Sum();
            logs[s] = (-0.5 * log) - (0.5 * (n + 4) * Math.Log((unexplained + (4 * 0.2)) / (n + 4))) - s;
            means[s] = near.Zip(solved, (a, b) => a * b).Sum();
            doubts[s] = (Kernel(at, at) - near.Zip(weights, (a, b) => a * b).Sum()) / Kernel(at, at);
        }

        var most = logs.Max();
        var shares = logs.Select(log => Math.Exp(log - most)).ToArray();
        return (
            shares.Zip(means, (share, mean) => share * mean).Sum() / shares.Sum(),
            doubts[Array.IndexOf(logs, most)]
        );
    }

    // Gauss without pivots, which a positive definite matrix does not need; also the log of the determinant.
    private static (double[] Solved, double LogDeterminant) Eliminate(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var a = (double[,])matrix.Clone();
        var b = (double[])right.Clone();
        double log = 0;
        for (var i = 0; i < n; i++)
        {
            log += Math.Log(a[i, i]);
            for (var r = 0; r < n; r++)
            {
                if (r == i)
                {
                    continue;
                }

                var factor = a[r, i] / a[i, i];
                for (var c = i; c < n; c++)
                {
                    a[r, c] -= factor * a[i, c];
                }

                b[r] -= factor * b[i];
            }
        }

        return ([.. b.Select((value, i) => value / a[i, i])], log);
    }

    private static double Product(PromptPosition a, PromptPosition b)
    {
        double sum = 0;
        for (var i = 0; i < Width; i++)
        {
            sum += a.Values[i] * b.Values[i] / (127.0 * 127);
        }

        return sum;
    }

    private static (PromptPosition Position, int Missed) Draw(Gaussian random, double slope)
    {
        var features = Enumerable.Range(0, Width).Select(_ => (random.NextUniform() * 2) - 1).ToArray();
        var length = Math.Sqrt(features.Sum(one => one * one));
        var noise = (random.NextUniform() - 0.5) * 0.4;
        return (
            PromptPosition.Of([.. features.Select(one => (float)(one / length))]),
            (int)(((slope * features[0] / length) + noise) * Whole)
        );
    }

    private static void Add(ResidualSums sums, IEnumerable<(PromptPosition Position, int Missed, int Times)> judged)
    {
        foreach (var (position, missed, times) in judged)
        {
            for (var i = 0; i < times; i++)
            {
                sums.Add(position, missed, 1);
            }
        }
    }

    private static float[] Floats(PromptPosition position) =>
        [.. position.Values.ToArray().Select(value => value / (float)PromptPosition.Unit)];
}
