using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Wye.Signals;

/// <summary>The vectorised counts against plain ones, over every alignment.</summary>
public class TextCensusTests
{
    private static readonly string[] Pieces =
    [
        "a",
        " ",
        "\n",
        "? ",
        "- x",
        "\n- y",
        "\n1. z",
        "\n  * q",
        "ж",
        "水",
        "👋",
        "\u2264",
        ";",
        "{",
        "^",
        "7",
        "\t",
        "longer words here",
    ];

    [Fact]
    public void Counts_AreThoseOfAPlainLoop()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(7, 1), Prop.ForAll(texts, Agrees));
    }

    [Fact]
    public void BytesThatAreNoText_AreCountedWithoutHarm()
    {
        var random = new Random(5);
        for (var length = 0; length < 200; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var census = new TextCensus();
            census.Add(bytes);
            census.Bytes.ShouldBe(length);
        }
    }

    private static void Agrees(string text)
    {
        var census = new TextCensus();
        var utf8 = Encoding.UTF8.GetBytes(text);
        census.Add(utf8);
        census.Bytes.ShouldBe(utf8.Length);
        census.Runes.ShouldBe(text.EnumerateRunes().Count());
        census.Words.ShouldBe(text.Split(' ', '\n', '\t').Count(word => word.Length > 0));
        census.Questions.ShouldBe(text.Count(letter => letter == '?'));
        census.Semicolons.ShouldBe(text.Count(letter => letter == ';'));
        census.Braces.ShouldBe(text.Count(letter => letter == '{'));
        census.Carets.ShouldBe(text.Count(letter => letter == '^'));
        census.Digits.ShouldBe(text.Count(char.IsAsciiDigit));
        census.MathSymbols.ShouldBe(text.Count(letter => letter == '\u2264'));
        census.ListItems.ShouldBe(text.Split('\n').Count(IsItem));
        var lengths = new TextCensus();
        lengths.AddLength(utf8);
        lengths.TokenUnits.ShouldBe(census.TokenUnits);
    }

    private static bool IsItem(string line)
    {
        var start = line.TrimStart(' ', '\t');
        return line.Length - start.Length <= 8
            && (
                start.StartsWith("- ", StringComparison.Ordinal)
                || start.StartsWith("* ", StringComparison.Ordinal)
                || (
                    start.Length > 2
                    && char.IsAsciiDigit(start[0])
                    && start[1..].TrimStart("0123456789".ToCharArray()).StartsWith(". ", StringComparison.Ordinal)
                    && start.TakeWhile(char.IsAsciiDigit).Count() <= 3
                )
            );
    }
}
