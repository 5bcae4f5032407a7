using Wye.Cli.Terminals;
using Wye.Primitives;

namespace Wye.Cli;

public sealed class TextTableTests
{
    [Fact]
    public void PlainTable_AlignsColumnsAndDrawsNothing()
    {
        var writer = new StringWriter { NewLine = "\n" };
        new TextTable("model", "cost>", "why").Add("a", "1.00", "x").Add("longer", "10.00", "").WritePlain(writer);
        writer.ToString().ShouldBe("model    cost  why\na        1.00  x\nlonger  10.00\n");
    }

    [Fact]
    public void RowOfAnotherWidth_IsRefused() =>
        Should.Throw<ArgumentException>(() => new TextTable("a", "b").Add("only one"));

    [Theory]
    [InlineData(1_250_000_000, "$0.001250")]
    [InlineData(-1_250_000_000, "-$0.001250")]
    [InlineData(7, "$0.000000")]
    public void Money_IsRoundedOnlyForDisplay(long picoDollars, string text) =>
        Money.Text(new Usd(picoDollars)).ShouldBe(text);

    [Fact]
    public void UnknownMoney_IsADash() => Money.Text(null).ShouldBe("–");

    [Theory]
    [InlineData(75_000, "$0.075")]
    [InlineData(15_000_000, "$15.00")]
    public void ListPrice_IsShownPerMillionTokens(long perToken, string text) =>
        Money.PerMillion(new Usd(perToken)).ShouldBe(text);
}
