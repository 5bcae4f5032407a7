using Wye.Gates.Texts;

namespace Wye.Gates;

public class LoneLetterTests
{
    [Theory]
    [InlineData("let n be", true)]
    [InlineData("let x be", false)]
    [InlineData("I have a dog", false)]
    [InlineData("2y = 8 and more", true)]
    [InlineData("n", false)]
    [InlineData(" n", false)]
    [InlineData(" n ", true)]
    [InlineData("it's O'Neil's", false)]
    [InlineData("né én, ßn", false)]
    public void ALetterAlone_IsFound(string text, bool expected) => LoneLetter.StandsIn(text).ShouldBe(expected);

    [Fact]
    public void WhereverItStands_ItIsFound_AndNothingElseIs()
    {
        const string Letters = "  .,'’-=7aixnkNKéжſ\u212A\0";
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string('\0', random.Next(0, 40)).Select(_ => Letters[random.Next(Letters.Length)]);
            var line = string.Concat(text);
            LoneLetter.StandsIn(line).ShouldBe(Slowly(line), line);
        }
    }

    private static bool Slowly(string text) =>
        Enumerable
            .Range(1, Math.Max(0, text.Length - 2))
            .Any(i =>
                char.IsAsciiLetter(text[i])
                && !"aixAIX".Contains(text[i])
                && !char.IsLetter(text[i - 1])
                && !"'’".Contains(text[i - 1])
                && !char.IsLetter(text[i + 1])
                && !"'’".Contains(text[i + 1])
            );
}
