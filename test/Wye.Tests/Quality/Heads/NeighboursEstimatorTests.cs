namespace Wye.Quality.Heads;

public sealed class NeighboursEstimatorTests
{
    [Fact]
    public void Estimate_OfOneNeighbourAndOfAll_MixesTheirTargetsWithThePrior()
    {
        // One cell, three points in two dimensions; the prompt lies on the first.
        var cells = new ClustersEstimator
        {
            Cells = 1,
            Width = 2,
            Centres = [1, 0],
            Means = [0.5f],
        };
        var estimator = new NeighboursEstimator
        {
            Neighbours = [1, 3],
            Probes = 1,
            Cells = cells,
            Start = [0, 3],
            Points = [100, 0, 0, 100, -100, 0],
            PointScale = 0.03f,
            Targets = [127, 0, 0],
            Means = [0.5f],
        };
        float[] estimates = new float[2];

        estimator.Estimate(new EncodedPrompt { Dense = [3f, 0] }, new EstimateScratch(), estimates);

        // Nearest only: target 1 with weight 1, prior ½ worth five neighbours of its weight.
        estimates[0].ShouldBe((1 + (5 * 0.5f)) / 6, 1e-4f);
        // The others are so far that their weight is at its floor.
        const float sum = 1 + 0.02f + 0.02f;
        const float prior = 5 * sum / 3;
        estimates[1].ShouldBe((1 + (prior * 0.5f)) / (sum + prior), 1e-4f);
    }
}
