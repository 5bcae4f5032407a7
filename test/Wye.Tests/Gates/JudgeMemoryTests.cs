using Wye.Primitives;
using Wye.Testing;
using Wye.Yaml;

namespace Wye.Gates;

/// <summary>What judges said is remembered over a reload, as long as the gate is the same and the same key asks.</summary>
public class JudgeMemoryTests
{
    private const string Usual =
        "graded: { kind: judge, model: gpt-4o }, careful: { all: [long, graded] }, long: { kind: length, min: 3 }";

    private static readonly KeyId Key = new("key-1");

    [Theory]
    [InlineData("graded", Usual)]
    [InlineData("careful", Usual)]
    [InlineData("graded", "graded: { kind: judge, model: gpt-4o }, other: { kind: length, max: 9 }")]
    public async Task AGateThatStays_AsksNobodyAgain(string gate, string next)
    {
        var keeper = Keeper(next).After(await AskedAsync(Keeper(Usual), gate));

        var verdict = await JudgeAsync(keeper, gate, Key, judgement: null);

        verdict.Decision.ShouldBe(GateDecision.Passed);
        verdict.Note.ShouldNotBeNull().ShouldContain("remembered");
    }

    [Theory]
    [InlineData("graded", "graded: { kind: judge, model: gpt-4o-mini }")]
    [InlineData("graded", "graded: { kind: judge, model: gpt-4o, rubric: Brief. }")]
    [InlineData("graded", "graded: { kind: judge, model: gpt-4o, threshold: 0.5 }")]
    [InlineData(
        "careful",
        "graded: { kind: judge, model: gpt-4o }, careful: { all: [long, graded] }, long: { kind: length, min: 4 }"
    )]
    [InlineData(
        "careful",
        "graded: { kind: judge, model: gpt-4o }, careful: { any: [long, graded] }, long: { kind: length, min: 9 }"
    )]
    public async Task AGateThatChanged_StartsAfresh(string gate, string next)
    {
        var keeper = Keeper(next).After(await AskedAsync(Keeper(Usual), gate));

        (await JudgeAsync(keeper, gate, Key, judgement: null)).Pending.ShouldBeTrue();
    }

    [Fact]
    public async Task AnotherKey_SeesNothingOfIt()
    {
        var keeper = Keeper(Usual).After(await AskedAsync(Keeper(Usual), "graded"));

        (await JudgeAsync(keeper, "graded", new KeyId("key-2"), judgement: null)).Pending.ShouldBeTrue();
    }

    private static async Task<GateKeeper> AskedAsync(GateKeeper keeper, string gate)
    {
        (await JudgeAsync(keeper, gate, Key, judgement: "5")).Decision.ShouldBe(GateDecision.Passed);
        return keeper;
    }

    private static ValueTask<GateVerdict> JudgeAsync(GateKeeper keeper, string gate, KeyId key, string? judgement)
    {
        var subject = new GateCase("five", GateDecision.Passed)
        {
            Question = "2 + 3?",
            Judgement = judgement,
        }.Subject();
        return keeper.JudgeAsync(new GateId(gate), subject with { Key = key }, TestContext.Current.CancellationToken);
    }

    private static GateKeeper Keeper(string gates)
    {
        var yaml = $$"""
            providers: { openai: { key: "${OPENAI_API_KEY}" } }
            gates: { {{gates}} }
            """;
        var result = YamlConfigLoader.Load(yaml, "wye.yaml", TestSources.Usual, A.Registry());
        return result.Snapshot.ShouldNotBeNull(string.Join('\n', result.Problems)).Gates;
    }
}
