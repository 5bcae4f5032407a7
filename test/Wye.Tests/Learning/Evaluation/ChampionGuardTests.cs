using Wye.Learning.Metrics;
using Wye.Learning.Numerics;

namespace Wye.Learning.Evaluation;

public sealed class ChampionGuardTests
{
    // Two models of equal quality that are right on different halves: a router can beat both by far.
    private static PoolOutcome Complementary(int count, ulong seed, out float[] told)
    {
        var random = new Gaussian(seed);
        float[] quality = new float[count * 2];
        double[] cost = new double[count * 2];
        told = new float[count * 2];
        for (int i = 0; i < count; i++)
        {
            bool first = random.NextUniform() < 0.5;
            quality[i * 2] = random.NextUniform() < (first ? 0.9 : 0.4) ? 1 : 0;
            quality[(i * 2) + 1] = random.NextUniform() < (first ? 0.4 : 0.9) ? 1 : 0;
            (cost[i * 2], cost[(i * 2) + 1]) = (1, 1.2);
            (told[i * 2], told[(i * 2) + 1]) = first ? (0.9f, 0.4f) : (0.4f, 0.9f);
        }

        return new PoolOutcome(["a", "b"], quality, cost);
    }

    [Fact]
    public void Guard_OfARouterThatKnowsWhoIsRight_GivesTheCrown()
    {
        PoolOutcome pool = Complementary(600, 1, out float[] told);

        ChampionGuard.Verdict verdict = ChampionGuard.Judge(pool, told, pool.Cost);

        verdict.Champion.ShouldBeTrue();
        verdict.OverConstant.Value.ShouldBe(0.25, 0.08);
        verdict.OverConstant.Low.ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Guard_OfNoise_IsNotFooledByPickingTheBestOfManySettings()
    {
        int crowned = 0;
        for (ulong round = 0; round < 40; round++)
        {
            PoolOutcome pool = Complementary(200, 100 + round, out _);
            var random = new Gaussian(round);
            float[] noise = [.. pool.Quality.Select(_ => (float)random.NextUniform())];
            crowned += ChampionGuard.Judge(pool, noise, pool.Cost, resamples: 100).Champion ? 1 : 0;
        }

        crowned.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Guard_OfManyModelsAlike_MeasuresARouterByAMixThatCouldHaveBeenNamed()
    {
        // Two dozen models that are all right seven times in ten: no mix is better than choosing by lot, but the luckiest
        // of them in hindsight looks a tenth better.
        const int models = 24;
        const int rounds = 20;
        double margin = 0;
        for (ulong round = 0; round < rounds; round++)
        {
            var random = new Gaussian(500 + round);
            float[] quality = new float[200 * models];
            float[] noise = new float[quality.Length];
            double[] cost = new double[quality.Length];
            for (int i = 0; i < quality.Length; i++)
            {
                quality[i] = random.NextUniform() < 0.7 ? 1 : 0;
                noise[i] = (float)random.NextUniform();
                cost[i] = 1 + (i % models);
            }

            string[] names = [.. Enumerable.Range(0, models).Select(m => $"m{m}")];
            var pool = new PoolOutcome(names, quality, cost);
            margin += ChampionGuard.Judge(pool, noise, cost, resamples: 100).OverMix.Value / rounds;
        }

        margin.ShouldBe(0, 0.015);
    }
}
