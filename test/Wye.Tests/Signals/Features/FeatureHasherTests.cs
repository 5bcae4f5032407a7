using System.Text;
using Wye.Testing;

namespace Wye.Signals.Features;

public sealed class FeatureHasherTests
{
    [Theory]
    [InlineData("What is   the\n\nsum of 12 and 30?")]
    [InlineData("WHAT IS THE SUM OF 12 AND 30?")]
    [InlineData("\twhat is the sum of 12 and 30? ")]
    public void Features_DoNotSeeCaseOrSpacing(string text)
    {
        FeatureVector plain = Read("what is the sum of 12 and 30?");
        FeatureVector other = Read(text);

        other.Indices.ToArray().ShouldBe(plain.Indices.ToArray());
        other.Values.ToArray().ShouldBe(plain.Values.ToArray());
        other.Scalars.ShouldBe(plain.Scalars);
    }

    [Theory]
    [InlineData(" Thank you!")]
    [InlineData("\n\nThanks in advance.")]
    [InlineData(", PLEASE")]
    [InlineData(" please, thanks a lot :)")]
    [InlineData("\nThank you very much in advance!\nMany thanks")]
    public void Features_DoNotSeeTrailingPoliteness(string manners)
    {
        FeatureVector plain = Read("D. Paris\nAnswer:");
        FeatureVector polite = Read("D. Paris\nAnswer:" + manners);

        polite.Indices.ToArray().ShouldBe(plain.Indices.ToArray());
        polite.Values.ToArray().ShouldBe(plain.Values.ToArray());
        polite.Scalars.ShouldBe(plain.Scalars);
    }

    [Theory]
    [InlineData("thank you")]
    [InlineData("Name a word that rhymes with displease")]
    [InlineData("Please add 2 and 3. Then thank you know whom.")]
    public void Politeness_ThatIsTheQuestionOrStandsInsideIt_IsKept(string text) =>
        Encoding.UTF8.GetString(TrailingPoliteness.Cut(Encoding.UTF8.GetBytes(text))).ShouldBe(text);

    [Fact]
    public void Scalars_SeeLetteredChoices()
    {
        FeatureVector vector = Read("Which is prime?\nA. 4\nB. 7\nC. 9\nD. 100");

        vector.Scalars[(int)ScalarFeature.Choices].ShouldBe(4);
        vector.Scalars[(int)ScalarFeature.NumericChoices].ShouldBe(1);
        vector.Scalars[(int)ScalarFeature.Questions].ShouldBe(MathF.Log(2), 1e-6f);
    }

    [Fact]
    public void Scalars_SeeChoicesInBrackets() =>
        Read("Pick one. - (A) red - (B) green - (C) blue").Scalars[(int)ScalarFeature.Choices].ShouldBe(3);

    [Fact]
    public void Tools_AreCountedAndHashedApart()
    {
        var vector = new FeatureVector();
        FeatureHasher.Read(
            new PromptText
            {
                User = "sum"u8,
                Tools = "[{\"name\":\"sum\",\"parameters\":{}},{\"name\":\"x\",\"parameters\":{}}]"u8,
            },
            vector
        );

        vector.Scalars[(int)ScalarFeature.Tools].ShouldBe(MathF.Log(3), 1e-6f);
        vector.Indices.Length.ShouldBeGreaterThan(Read("sum").Indices.Length);
    }

    [Fact]
    public void ToolOverlap_CountsDistinctWordsByTheirFirstFiveLetters()
    {
        // The request: what, will, weather, berlin, tomorrow. The tools hold weather and berlin. Their name: current, weather.
        (float words, float names) = ToolOverlap.Of(
            "What will the WEATHER be in Berlin tomorrow? The weather!"u8,
            "[{\"name\": \"currentWeather\", \"parameters\": {\"name\": {\"type\": \"city, e.g. Berlin\"}}}]"u8
        );

        words.ShouldBe(2 / 5f, 1e-6f);
        names.ShouldBe(1 / 2f, 1e-6f);
        ToolOverlap.Of("What is it?"u8, "[]"u8).ShouldBe((0f, 0f));
    }

    [Fact]
    public void LongText_IsReadAtHeadAndTail()
    {
        string filler = string.Concat(Enumerable.Repeat("filler words here ", 2000));

        Read("unicorn " + filler + " zebra").Indices.Length.ShouldBeGreaterThan(Read(filler).Indices.Length);
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Solve 3x + 7 = 19 for x. ", 40)));
        var vector = new FeatureVector();
        Allocations
            .Least(() =>
            {
                for (int i = 0; i < 100; i++)
                    FeatureHasher.Read(new PromptText { User = text }, vector);
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Reading_TwiceIntoOneVector_LeavesNoTrace()
    {
        FeatureVector vector = Read("a first text with many words");
        FeatureHasher.Read(new PromptText { User = "other"u8 }, vector);

        vector.Values.ToArray().ShouldBe(Read("other").Values.ToArray());
    }

    [Fact]
    public void EmptyText_HasNoFeatures() => Read("").Indices.Length.ShouldBe(0);

    private static FeatureVector Read(string text)
    {
        var vector = new FeatureVector();
        FeatureHasher.Read(new PromptText { User = Encoding.UTF8.GetBytes(text) }, vector);
        return vector;
    }
}
