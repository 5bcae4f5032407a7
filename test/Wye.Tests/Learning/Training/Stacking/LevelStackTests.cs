using Wye.Learning.Numerics;
using Wye.Quality.Heads;

namespace Wye.Learning.Training.Stacking;

public sealed class LevelStackTests
{
    private const int Rows = 3000;
    private const int Heads = 3;
    private static readonly float[] s_distances = [0.2f, -0.05f, -0.15f];

    [Fact]
    public void Fit_ShrinksNoisyDistancesAndKeepsTheLevel()
    {
        // Part 0 knows the level and shouts about distances; part 1 knows the true distances and no level.
        var random = new Gaussian(4);
        float[] parts = new float[Rows * 2 * Heads];
        float[] truth = new float[Rows * Heads];
        for (int r = 0; r < Rows; r++)
        {
            float level = (float)random.NextUniform();
            for (int h = 0; h < Heads; h++)
            {
                float distance = s_distances[h] * (r % 2 == 0 ? 1 : -1);
                truth[(r * Heads) + h] = level + distance;
                parts[(r * 2 * Heads) + h] = level + (0.5f * random.NextNormal());
                parts[(((r * 2) + 1) * Heads) + h] = 0.5f + distance;
            }
        }

        (float[] stack, float[] level2) = LevelStack.Fit(parts, truth, Rows, 2, 0, 1, Heads);

        for (int h = 0; h < Heads; h++)
        {
            stack[h * 3].ShouldBe(0, 0.05f);
            stack[(h * 3) + 1].ShouldBe(1, 0.1f);
            // The level comes from part 0 through its mean over the heads.
            level2[h * 2].ShouldBeGreaterThan(0.3f);
        }
    }

    [Fact]
    public void Blend_AddsOwnPartsAndMeans_ByHand()
    {
        var group = new HeadGroup
        {
            Heads = 2,
            Estimators =
            [
                new ClustersEstimator
                {
                    Cells = 1,
                    Width = 1,
                    Centres = [1],
                    Means = [0, 0],
                },
            ],
            Forests = [],
            Views = [],
            Stack = [0.5f, 0.1f, 0.25f, 0.2f],
            Level = [0.4f, 0.8f],
            Calibrations = [],
        };
        float[] heads = new float[2];

        group.Blend([0.6f, 0.2f], heads);

        // Mean of the part over the heads: .4.
        heads[0].ShouldBe((0.5f * 0.6f) + 0.1f + (0.4f * 0.4f), 1e-6f);
        heads[1].ShouldBe((0.25f * 0.2f) + 0.2f + (0.8f * 0.4f), 1e-6f);
    }
}
