using Wye.Primitives;

namespace Wye.Gates;

public class GateContractTests
{
    public static TheoryData<string> Names { get; } = [.. GateCases.All.Select(row => row.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryGate_SaysOfEachCaseWhatItMust(string name)
    {
        var row = GateCases.All.Single(one => one.Name == name);
        foreach (var one in row.Cases)
        {
            var verdict = await JudgeAsync(row.Gate, one);
            verdict.Decision.ShouldBe(one.Expected, $"{one.Answer} | {verdict.Note}");
            verdict.Score.ShouldBeInRange(0, 1);
            (verdict.Decision == GateDecision.Passed || verdict.Note is not null).ShouldBeTrue("it says why");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryBrokenGate_IsFoundByTheCases(string name)
    {
        var row = GateCases.All.Single(one => one.Name == name);
        var found = 0;
        foreach (var one in row.Cases)
        {
            found += (await JudgeAsync(row.Broken, one)).Decision == one.Expected ? 0 : 1;
        }

        found.ShouldBeGreaterThan(0, "the cases would let this mistake through");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NoGate_QuotesTheAnswerInItsNote(string name)
    {
        var row = GateCases.All.Single(one => one.Name == name);
        foreach (var one in row.Cases)
        {
            var canary = one with { Answer = $"{one.Answer}\ncanary-7f3a" };
            (await JudgeAsync(row.Gate, canary)).Note?.ShouldNotContain("canary");
        }
    }

    [Fact]
    public async Task NoText_BreaksAGate()
    {
        var random = new Random(11);
        const string alphabet = "0123456789+-*/=().,%$ \n#`\"'{}[]abcXYZ\\<>é漢\ud800";
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Create(
                random.Next(200),
                random,
                (span, source) =>
                {
                    foreach (ref var c in span)
                    {
                        c = alphabet[source.Next(alphabet.Length)];
                    }
                }
            );
            foreach (var row in GateCases.All)
            {
                await JudgeAsync(
                    row.Gate,
                    new GateCase(text, GateDecision.Passed) { Question = text, Samples = [text] }
                );
            }
        }
    }

    [Fact]
    public async Task AKeeper_TurnsAFaultIntoAnAbstention_AndKnowsItsGates()
    {
        var fault = new GateId("fault");
        var keeper = new GateKeeper([
            new(fault, new GateEntry(new BrokenGate(_ => throw new InvalidOperationException("x")))),
        ]);
        keeper.Knows(fault).ShouldBeTrue();
        keeper.Knows(new GateId("other")).ShouldBeFalse();
        var subject = new GateCase("x", GateDecision.Passed).Subject();
        (await keeper.JudgeAsync(fault, subject, Token)).Decision.ShouldBe(GateDecision.Abstained);
        (await keeper.JudgeAsync(new GateId("other"), subject, Token)).Decision.ShouldBe(GateDecision.Abstained);
    }

    private static ValueTask<GateVerdict> JudgeAsync(IGate gate, GateCase one)
    {
        var view = new AnswerView();
        view.Load(one.Subject());
        return gate.JudgeAsync(view, Token);
    }
}
