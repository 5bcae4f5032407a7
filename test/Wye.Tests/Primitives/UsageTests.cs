namespace Wye.Primitives;

public sealed class UsageTests
{
    [Fact]
    public void Sum_IsTakenKindByKind()
    {
        var left = Of(1, 2, 3, 4, 5);

        (left + Of(10, 20, 30, 40, 50)).ShouldBe(Of(11, 22, 33, 44, 55));
        (left + default(Usage)).ShouldBe(left);
    }

    [Fact]
    public void PromptTokens_AreAllInputHoweverBilled_WithoutOutput() =>
        Of(1, 20, 300, 4_000, 5).PromptTokens.ShouldBe(321);

    [Fact]
    public void Sums_NeverWrap()
    {
        var full = Of(long.MaxValue, 0, 0, 0, 0);

        Should.Throw<OverflowException>(() => full + Of(1, 0, 0, 0, 0));
        Should.Throw<OverflowException>(() => (full with { CacheReadTokens = 1 }).PromptTokens);
        foreach (
            var one in new[]
            {
                Of(0, long.MaxValue, 0, 0, 0),
                Of(0, 0, long.MaxValue, 0, 0),
                Of(0, 0, 0, long.MaxValue, 0),
                Of(0, 0, 0, 0, long.MaxValue),
            }
        )
        {
            Should.Throw<OverflowException>(() => one + one);
        }
    }

    private static Usage Of(long input, long read, long write, long output, long reasoning) =>
        new()
        {
            InputTokens = input,
            CacheReadTokens = read,
            CacheWriteTokens = write,
            OutputTokens = output,
            ReasoningTokens = reasoning,
        };
}
