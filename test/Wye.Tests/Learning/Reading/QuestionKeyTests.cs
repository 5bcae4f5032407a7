namespace Wye.Learning.Reading;

public sealed class QuestionKeyTests
{
    private const string Stem = "Which planet of the solar system has the shortest year of them all";

    [Theory]
    [InlineData($"{Stem}?\nA. Mercury\nB. Venus\nAnswer:")]
    [InlineData($"{Stem}?\nA. Mercury\nB. Mars")]
    [InlineData(
        $"\n## Question: \n\n {Stem}?\n\n## Choices:\n\n- (A) Mercury\n- (B) Venus\n\n## Instruction \n\nReason first.\n"
    )]
    public void Key_OfOneQuestionInSeveralForms_IsTheSame(string prompt) =>
        QuestionKey.Of(prompt).ShouldBe(QuestionKey.Of(Stem));

    [Fact]
    public void Key_OfAShortStem_KeepsTheChoices() =>
        Same("Which is true?\nA. Iron floats\nB. Wood floats", "Which is true?\nA. Ice is hot\nB. Fire is hot")
            .ShouldBeFalse();

    [Fact]
    public void Key_OfFewShotPrompts_ReadsPastTheFirstChoices()
    {
        const string shots = "An example of some length that would do as a stem?\nA) x\nB) y\nAnswer:\nA\n";

        Same(shots + "The real one?\nA) p\nB) q\nAnswer:", shots + "Another one?\nA) r\nB) s\nAnswer:").ShouldBeFalse();
    }

    private static bool Same(string one, string other) =>
        string.Equals(QuestionKey.Of(one), QuestionKey.Of(other), StringComparison.Ordinal);
}
