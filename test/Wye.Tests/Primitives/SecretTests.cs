namespace Wye.Primitives;

public sealed class SecretTests
{
    [Fact]
    public void ToString_NeverShowsTheValue()
    {
        var secret = new Secret("s3cret");

        $"{secret}".ShouldBe("***");
        secret.Reveal().ShouldBe("s3cret");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Secret_OfNothing_IsRefused(string? value) => Should.Throw<ArgumentException>(() => new Secret(value!));
}
