namespace Wye;

public class PlaceholderTests
{
    [Fact]
    public void Sum_IsRight() => (1 + 1).ShouldBe(2);
}
