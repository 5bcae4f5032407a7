namespace Wye.Access.Secrets;

public sealed class ApiKeyFormatTests
{
    private static readonly string Secret = new('A', 43);

    [Fact]
    public void NewKeys_ReadBackAndNeverRepeat()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            var id = ApiKeyFormat.NewId();
            var secret = ApiKeyFormat.NewSecret();
            var text = ApiKeyFormat.Write(id, secret);

            ApiKeyFormat.TryRead(text, out var readId, out var readSecret).ShouldBeTrue();
            readId.ToString().ShouldBe(id.Value);
            readSecret.ToString().ShouldBe(secret);
            seen.Add(id.Value).ShouldBeTrue();
            seen.Add(secret).ShouldBeTrue();
        }
    }

    [Fact]
    public void Secret_HoldsHyphensWithoutConfusion()
    {
        var secret = "-a-" + new string('_', 39) + "-";

        ApiKeyFormat.TryRead($"sk-wye-0a-{secret}", out var id, out var read).ShouldBeTrue();

        id.ToString().ShouldBe("0a");
        read.ToString().ShouldBe(secret);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk-wye-")]
    [InlineData("sk-wye--{s}")]
    [InlineData("sk-wye-{s}")]
    [InlineData("SK-WYE-ab-{s}")]
    [InlineData("sk-wya-ab-{s}")]
    [InlineData("sk-wye-AB-{s}")]
    [InlineData("sk-wye-a b-{s}")]
    [InlineData("sk-wye-ab_{s}")]
    [InlineData("sk-wye-ab-{s}A")]
    [InlineData("sk-wye-ab-{s} ")]
    [InlineData(" sk-wye-ab-{s}")]
    [InlineData("sk-wye-ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sk-wye-ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("sk-wye-ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAä")]
    [InlineData("sk-wye-012345678901234567890123456789012-{s}")]
    public void OtherForms_AreNoKeys(string template) =>
        ApiKeyFormat.TryRead(template.Replace("{s}", Secret, StringComparison.Ordinal), out _, out _).ShouldBeFalse();
}
