using Wye.Learning.Numerics;

namespace Wye.Quality;

public sealed class OnlineNgramTests
{
    // One direction that nothing weighs; the constant of both heads is ½.
    private static readonly NgramEstimator Trained = NgramEstimator.Of("ngram", [0f, 0f], [1f, 0.5f, 1f, 0.5f], 1);

    [Fact]
    public void Learn_MovesTheEstimateByRateTimesError()
    {
        var online = new OnlineNgram(Trained, 2, rate: 0.05f);
        var prompt = new EncodedPrompt { Index = [3, 9], Value = [0.6f, -0.8f] };

        online.Learn(prompt, 0, 0.5f, 1);

        // Error ½, rate .05: the prompt's estimate moves by .025, shared over 1 + .36 + .64 = 2.
        float[] heads = Estimate(online, prompt);
        heads[0].ShouldBe(0.525f, 1e-6f);
        heads[1].ShouldBe(0.5f);
        // By hand: each weight is .0125 times its value; a prompt with bucket 9 alone gets .0125 · (1 + .8 · .8).
        Estimate(online, new EncodedPrompt { Index = [9], Value = [-0.8f] })[0]
            .ShouldBe(0.5f + (0.0125f * 1.64f), 1e-6f);
    }

    [Fact]
    public void Learn_OfAnyOutcome_MovesTheEstimateByABoundedStep()
    {
        var online = new OnlineNgram(Trained, 2, rate: 1000);
        var prompt = new EncodedPrompt { Index = [3], Value = [0.1f] };

        online.Learn(prompt, 1, 0.5f, 0);

        Estimate(online, prompt)[1].ShouldBe(0.5f - OnlineNgram.MostStep, 1e-6f);
        online.Learn(prompt, 1, float.NaN, 0);
        Estimate(online, prompt)[1].ShouldBe(0.5f - OnlineNgram.MostStep, 1e-6f);
    }

    [Fact]
    public void Learn_OfManyOutcomes_FindsTheWordThatMatters()
    {
        var online = new OnlineNgram(Trained, 2);
        var random = new Gaussian(5);
        for (int i = 0; i < 4000; i++)
        {
            bool hard = random.NextUniform() < 0.5;
            var prompt = new EncodedPrompt { Index = [hard ? 1 : 2, 7], Value = [0.7f, 0.7f] };
            online.Learn(prompt, 0, Estimate(online, prompt)[0], random.NextUniform() < (hard ? 0.2 : 0.9) ? 1 : 0);
        }

        Estimate(online, new EncodedPrompt { Index = [1, 7], Value = [0.7f, 0.7f] })[0].ShouldBe(0.2f, 0.1f);
        Estimate(online, new EncodedPrompt { Index = [2, 7], Value = [0.7f, 0.7f] })[0].ShouldBe(0.9f, 0.1f);
    }

    [Theory]
    [InlineData(0.2f, 1f)]
    [InlineData(0.9f, 0f)]
    [InlineData(0.5f, 0.4f)]
    public void Slope_IsTheFiniteDifferenceOfTheLoss(float estimate, float outcome)
    {
        const float step = 1e-2f;

        float difference =
            (OnlineNgram.Loss(estimate + step, outcome) - OnlineNgram.Loss(estimate - step, outcome)) / (2 * step);

        OnlineNgram.Slope(estimate, outcome).ShouldBe(difference, 1e-4f);
    }

    private static float[] Estimate(OnlineNgram online, in EncodedPrompt prompt)
    {
        float[] heads = new float[2];
        online.Estimate(prompt, new EstimateScratch(), heads);
        return heads;
    }
}
