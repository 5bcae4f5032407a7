namespace Wye.Catalog.Prices;

public sealed class PriceFactsTests
{
    [Fact]
    public void ACopyWithAnotherFigure_HasFactsOfItsOwn_ThoughThoseOfItsOriginalAreKnown()
    {
        var price = new Price(new(3), new(4));
        var before = price.Facts;

        var dearer = price with { Output = new(5) };

        dearer.Facts.Text.ShouldBe("input=3 output=5");
        dearer.Facts.Version.ShouldNotBe(before.Version);
        dearer.ShouldNotBe(price);
        (price with { }).ShouldBe(price);
        price.Facts.ShouldBeSameAs(before);
    }
}
