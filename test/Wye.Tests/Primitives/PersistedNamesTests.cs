namespace Wye.Primitives;

/// <summary>These names stand in ledgers, configurations and headers: adding is free, renaming breaks what is stored.</summary>
public sealed class PersistedNamesTests
{
    [Fact]
    public void StepKinds_KeepTheirNames() =>
        StepKinds
            .All.Select(kind => kind.Name())
            .ShouldBe([
                "chat",
                "classify",
                "route",
                "validate",
                "format",
                "template",
                "extract",
                "summarize",
                "translate",
                "write",
                "implement",
                "review",
                "synthesize",
                "transform",
                "tool-select",
                "safety",
                "reason",
                "plan",
                "judge",
                "decompose",
                "design",
            ]);

    [Fact]
    public void FailureKinds_KeepTheirNames() =>
        string.Join(' ', Enum.GetNames<FailureKind>())
            .ShouldBe(
                "RateLimited QuotaExhausted Overloaded ServerError ConnectFailed ConnectionLost FirstTokenTimeout "
                    + "StreamStalled TotalTimeout StreamCut BadResponse ResponseTooLarge Unauthorized ModelNotFound BadRequest "
                    + "ContextLength ContentPolicy CallerGone NoneAvailable BudgetExceeded GateRefused Internal Unrecorded"
            );

    [Fact]
    public void StepKinds_ReadBackEveryName()
    {
        foreach (var kind in StepKinds.All)
        {
            StepKinds.TryParse(kind.Name(), out var read).ShouldBeTrue();
            read.ShouldBe(kind);
        }
    }

    [Theory]
    [InlineData("Tool_Select", StepKind.ToolSelect)]
    [InlineData("TOOL-SELECT", StepKind.ToolSelect)]
    [InlineData("Judge", StepKind.Judge)]
    public void StepKinds_ReadAnyCaseAndUnderscores(string name, StepKind kind)
    {
        StepKinds.TryParse(name, out var read).ShouldBeTrue();
        read.ShouldBe(kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("toolselect")]
    [InlineData(" judge")]
    [InlineData("3")]
    public void StepKinds_RefuseOtherNames(string? name)
    {
        StepKinds.TryParse(name, out var kind).ShouldBeFalse();
        kind.ShouldBe(StepKind.Chat);
    }
}
