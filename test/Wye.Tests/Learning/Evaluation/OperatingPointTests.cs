using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

public sealed class OperatingPointTests
{
    [Fact]
    public void Share_ThatTiesDoNotAllow_IsNamedAfterWhatIsSent()
    {
        PoolReport report = Report(new float[40]);

        report.OperatingPoint.ShouldBe("100 % to strong (equal scores go together; 50 % asked)");
        report.Rows[0].Name.ShouldBe("blend, 100 % to strong (equal scores go together; 50 % asked)");
        report.Rows[0].Value.CostPerThousand.ShouldBe(1000, 1e-9);
        report.Rows.ShouldNotContain(row => row.Name.StartsWith("blend, 20 %") || row.Name.StartsWith("blend, 80 %"));
        report.Rows.ShouldContain(row => row.Name.Contains("20 % asked"));
    }

    [Fact]
    public void Share_ThatIsReached_IsNamedAsAsked()
    {
        // 33 questions: no share of them is half.
        PoolReport report = Report([.. Enumerable.Range(0, 33).Select(i => i / 33f)]);

        report.OperatingPoint.ShouldBe("50 % to strong");
        report.Rows.Select(row => row.Name).ShouldContain("blend, 20 % to strong");
    }

    private static PoolReport Report(float[] score) =>
        PoolReport.Of(
            new RoutedQuestions
            {
                Ids = [.. score.Select((_, i) => $"q{i}")],
                Tasks = [.. score.Select(_ => "one")],
                Outcome = new PoolOutcome(
                    ["weak", "strong"],
                    [.. score.SelectMany((_, i) => (float[])[i % 2, 1])],
                    [.. score.SelectMany(_ => (double[])[0, 1])]
                ),
                Priced = false,
                Routers = [new RoutedQuestions.Router("blend", ChoiceSweep.ByScore(score))],
                Quality = [],
                Score = score,
                TaskConstant = [],
            },
            resamples: 10
        );
}
