using Wye.Cli.Commands;

namespace Wye.Cli;

public sealed class ServeLogTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    public void NoForm_IsNoLog(string? form) => ServeLog.Of(form).ShouldBeNull();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Form_IsALog(string form) => ServeLog.Of(form).ShouldNotBeNull();

    [Fact]
    public void UnknownForm_IsAFailureThatNamesTheForms() =>
        Should
            .Throw<CliFailureException>(() => ServeLog.Of("xml"))
            .Message.ShouldBe("WYE_LOG takes text, json or none, not 'xml'.");
}
