using Wye.Learning.Numerics;

namespace Wye.Learning.Training.Stacking;

public sealed class ScaledStackTests
{
    private const int Rows = 2000;

    [Fact]
    public void Fit_OfOnePart_IsShrunkByTheHandComputedShare()
    {
        // y = 2x + 1: in units of the part's deviation the weight is σ(y) · (1 + .15 · .5) / (1 + .15).
        float[] part = [1, 2, 3, 6];
        float[] truth = Array.ConvertAll(part, x => (2 * x) + 1);

        float[] stack = ScaledStack.Fit(part, truth, 4, 1, 0, 1);

        const float weight = 2 * 1.075f / 1.15f;
        stack[0].ShouldBe(weight, 1e-5f);
        stack[1].ShouldBe(7 - (weight * 3), 1e-4f);
    }

    [Fact]
    public void Fit_JudgesAPartByHowItRanksNotByHowFarItDares()
    {
        (float[] parts, float[] truth) = Noisy(boldness: 1);
        (float[] timid, _) = Noisy(boldness: 0.1f);

        float[] bold = ScaledStack.Fit(parts, truth, Rows, 2, 0, 1);
        float[] cautious = ScaledStack.Fit(timid, truth, Rows, 2, 0, 1);

        cautious[0].ShouldBe(10 * bold[0], 0.01f * cautious[0]);
        cautious[1].ShouldBe(bold[1], 1e-4f);
        // Least squares shrunk to equal shares on plain weights ignores the same part.
        StackTrainer.Fit(timid, truth, Rows, 2, 1, StackPrior.Even(2, 0))[0].ShouldBeLessThan(0.7f * cautious[0]);
    }

    [Fact]
    public void Fit_OfAPartThatIsConstantButForRounding_GivesItNoSay()
    {
        (float[] parts, float[] truth) = Noisy(boldness: 1);
        for (int r = 0; r < Rows; r++)
            parts[(2 * r) + 1] = 0.3f + (r % 2 * 1e-7f);

        float[] stack = ScaledStack.Fit(parts, truth, Rows, 2, 0, 1);

        // Another fit's constant may lie elsewhere: it must not be blown up.
        stack[1].ShouldBeInRange(0, 20);
        stack[0].ShouldBeGreaterThan(0.1f);
    }

    // Part 0 sees the truth dimly, part 1 is noise.
    private static (float[] Parts, float[] Truth) Noisy(float boldness)
    {
        var random = new Gaussian(9);
        float[] parts = new float[Rows * 2];
        float[] truth = new float[Rows];
        for (int r = 0; r < Rows; r++)
        {
            float signal = random.NextNormal();
            truth[r] = (0.3f * signal) + random.NextNormal();
            parts[2 * r] = 0.3f * boldness * signal;
            parts[(2 * r) + 1] = 0.3f * random.NextNormal();
        }

        return (parts, truth);
    }
}
