using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Learning.Training.Stacking;
using Wye.Quality.Numerics;

namespace Wye.Learning.Training;

public sealed class NumericsTests
{
    [Fact]
    public void SparseRidge_SolvesTheNormalEquations()
    {
        // One column, values 1, 2, 3 and targets 2, 4, 6, α = 14: β = 28 / (14 + 14).
        var x = new SparseRows([0, 1, 2, 3], [0, 0, 0], [1, 2, 3], 1);

        SparseRidge.Fit(x, x.Transpose(), [2, 4, 6], [1, 1, 1], 1, 14)[0].ShouldBe(1, 1e-5f);
    }

    [Fact]
    public void SparseRidge_IgnoresUnobservedTargets()
    {
        var x = new SparseRows([0, 1, 2, 3], [0, 0, 0], [1, 2, 3], 1);

        SparseRidge.Fit(x, x.Transpose(), [2, 4, 99], [1, 1, 0], 1, 5)[0].ShouldBe(1, 1e-5f);
    }

    [Fact]
    public void DenseRidge_WithoutPenalty_RecoversAPlane()
    {
        float[] a = [0, 0, 1, 0, 0, 1, 1, 1, 2, 1];
        float[] y = [1, 3, 0, 2, 4];

        float[] w = DenseRidge.Fit(a, 5, 2, y, 1, 1e-6);

        w[0].ShouldBe(2, 1e-2f);
        w[1].ShouldBe(-1, 1e-2f);
        w[2].ShouldBe(1, 1e-2f);
    }

    [Fact]
    public void Eigen_OfAKnownMatrix_IsDescending()
    {
        (double[] values, double[] vectors) = Symmetric.Eigen([2, 1, 1, 2], 2);

        values[0].ShouldBe(3, 1e-9);
        values[1].ShouldBe(1, 1e-9);
        Math.Abs(vectors[0]).ShouldBe(Math.Sqrt(0.5), 1e-9);
    }

    [Fact]
    public void RandomisedSvd_OfALowRankMatrix_FindsItsSingularValues()
    {
        // Rank two: rows alternate between 3·e0 and 1·e1.
        int rows = 40;
        int[] start = [.. Enumerable.Range(0, rows + 1)];
        int[] index = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
        float[] value = [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? 3f : 1f)];

        (float[] projection, float[] singular) = RandomisedSvd.Fit(new SparseRows(start, index, value, 64), 2, 1);

        singular[0].ShouldBe(MathF.Sqrt(20 * 9), 1e-2f);
        singular[1].ShouldBe(MathF.Sqrt(20), 1e-2f);
        MathF.Abs(projection[0]).ShouldBe(1, 1e-3f);
    }

    [Fact]
    public void NonNegative_ClipsAWeightThatWouldBeNegative()
    {
        // Unconstrained optimum (1, −1): the second is held at zero.
        double[] w = NonNegative.Solve([1, 0, 0, 1], [1, -1], 2);

        w.ShouldBe([1, 0]);
    }

    [Fact]
    public void Boosting_LearnsAnInteraction()
    {
        var random = new Gaussian(5);
        const int n = 2000;
        float[] a = new float[n * 2];
        float[] y = new float[n];
        for (int i = 0; i < n; i++)
        {
            a[i * 2] = (float)random.NextUniform();
            a[(i * 2) + 1] = (float)random.NextUniform();
            y[i] = (a[i * 2] > 0.5f) == (a[(i * 2) + 1] > 0.5f) ? 1 : 0;
        }

        BoostedForest forest = BoostTrainer.Fit(a, n, 2, y, 1, [], 200, 3, 1);
        float[] same = new float[1];
        float[] other = new float[1];
        forest.Predict([0.9f, 0.9f], same);
        forest.Predict([0.9f, 0.1f], other);

        same[0].ShouldBeGreaterThan(0.85f);
        other[0].ShouldBeLessThan(0.15f);
    }

    [Fact]
    public void Isotonic_PoolsViolatorsAndStaysStrict()
    {
        float[] raw = [.. Enumerable.Range(0, 400).Select(i => i / 400f)];
        // A dip in the second quarter breaks the order.
        float[] truth =
        [
            .. Enumerable
                .Range(0, 400)
                .Select(i =>
                    i is >= 100 and < 200 ? 0f
                    : i < 100 ? 0.2f
                    : 0.8f
                ),
        ];

        MonotoneCalibration calibration = IsotonicFit.Fit(raw, truth);

        // The block of 30 over the jump takes a few of the high ones along.
        calibration.Apply(0.25f).ShouldBe(0.1f, 0.03f);
        calibration.Apply(0.9f).ShouldBe(0.8f, 0.02f);
        calibration.Apply(0.91f).ShouldBeGreaterThan(calibration.Apply(0.90f));
    }

    [Fact]
    public void Discriminant_TellsTwoCloudsApart()
    {
        var random = new Gaussian(9);
        float[] a = new float[400];
        int[] of = new int[200];
        for (int i = 0; i < 200; i++)
        {
            of[i] = i % 2;
            a[i * 2] = random.NextNormal() + (of[i] * 4);
            a[(i * 2) + 1] = random.NextNormal();
        }

        float[] weights = LinearDiscriminant.Fit(a, 200, 2, of, 2, 0.05);
        float[] posterior = new float[2];
        LinearDiscriminant.Posterior(weights, [4, 0], 1, posterior);

        posterior[1].ShouldBeGreaterThan(0.99f);
    }

    [Fact]
    public void Folds_OfOneQuestion_NeverDiffer() =>
        Folds.Of("whatisthecapital", 5, 1).ShouldBe(Folds.Of("whatisthecapital", 5, 1));

    [Fact]
    public void Guard_HoldsAboutATenthAndItsHashIgnoresOrder()
    {
        string[] keys = [.. Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"key{i}"))];

        keys.Count(k => GuardSplit.Holds(k, 1)).ShouldBeInRange(420, 580);
        GuardSplit.HashOf(keys).ShouldBe(GuardSplit.HashOf(keys.Reverse()));
    }
}
