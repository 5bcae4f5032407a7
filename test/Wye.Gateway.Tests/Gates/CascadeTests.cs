using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Gates;

/// <summary>Every policy that looks at answers, against scripted models, streamed and not, with faults in each stage.</summary>
public sealed class CascadeTests(GateWorld world) : IClassFixture<GateWorld>
{
    private const string Question = "How many are 2 and 3?";
    private const string Right = "2 + 3 = 5\n#### 5";
    private const string Wrong = "2 + 3 = 6\n#### 6";

    public static TheoryData<string, bool> Ways { get; } =
        new(
            from route in new[] { "checked", "shown", "judged", "agreed", "asked", "level" }
            from stream in new[] { false, true }
            select (route, stream)
        );

    private void Script(string model, string text) =>
        world.Simulator.Answers.Script(model, _ => SimulatedAnswer.Of(text));

    private void Usual(string helper = "5")
    {
        world.Simulator.Faults.Clear();
        world.Simulator.Answers.Clear();
        Script(GateWorld.Small, Right);
        Script(GateWorld.Medium, Right);
        Script(GateWorld.Large, "Certainly.\n#### 5");
        Script(GateWorld.Helper, helper);
    }

    private static string Causes(LedgerRecord record) => string.Join(' ', record.Attempts.Select(row => row.Cause));

    private static string Models(LedgerRecord record) =>
        string.Join(' ', record.Attempts.Select(row => row.Model.Value));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARightCheapAnswer_IsDelivered_AndNothingElseIsCalled(bool stream)
    {
        Usual();
        await world.BilledAsync();
        var (status, text, record) = await world.AskAsync("checked", Question, stream);
        status.ShouldBe(200);
        text.ShouldBe(Right);
        Causes(record).ShouldBe("first");
        record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWrongSum_IsRefused_AndTheNextStageAnswers_WithBothInTheLedger(bool stream)
    {
        Usual();
        Script(GateWorld.Small, Wrong);
        await world.BilledAsync();
        var (_, text, record) = await world.AskAsync("checked", Question, stream);
        text.ShouldBe(Right);
        Causes(record).ShouldBe("first escalation");
        Models(record).ShouldBe($"{GateWorld.Small} {GateWorld.Medium}");
        record.Request.Why.ShouldContain("refused (arithmetic: 1 of 1 wrong)");
        record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
        record.Request.Policy.ShouldBe("cascade");
    }

    [Fact]
    public async Task TheRefusedAnswer_IsShownToTheNextStage_WhereTheRouteSaysSo()
    {
        Usual();
        Script(GateWorld.Small, Wrong);
        var seen = "";
        world.Simulator.Answers.Script(
            GateWorld.Large,
            call =>
            {
                seen = string.Join('|', call.Messages.Select(message => message.Text));
                return SimulatedAnswer.Of(Right);
            }
        );
        await world.AskAsync("shown", Question, stream: true);
        seen.ShouldContain(Question);
        seen.ShouldContain(Wrong);
    }

    [Theory]
    [InlineData("5", "first judge", false)]
    [InlineData("5", "first judge", true)]
    [InlineData("2", "first judge escalation", false)]
    [InlineData("2", "first judge escalation", true)]
    [InlineData("excellent", "first judge escalation", false)]
    [InlineData("excellent", "first judge escalation", true)]
    public async Task AJudge_PassesRefusesOrTalksNonsense(string grade, string causes, bool stream)
    {
        Usual(helper: grade);
        await world.BilledAsync();
        // Each grade asks about another answer, so that none is remembered from another case.
        Script(GateWorld.Small, $"2 + 3 = 5\n#### 5 {grade} {stream}");
        var (_, _, record) = await world.AskAsync("judged", Question, stream);
        Causes(record).ShouldBe(causes);
        record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
    }

    [Fact]
    public async Task ADeterministicRefusal_SavesTheJudge_AndAVerdictIsRemembered()
    {
        Usual();
        Script(GateWorld.Small, Wrong);
        Causes((await world.AskAsync("judged", Question, stream: false)).Record).ShouldBe("first escalation");
        Script(GateWorld.Small, "2 + 3 = 5\n#### 5, remembered");
        Causes((await world.AskAsync("judged", Question, stream: false)).Record).ShouldBe("first judge");
        var again = (await world.AskAsync("judged", Question, stream: true)).Record;
        Causes(again).ShouldBe("first", "the judge was asked about this very answer before");
    }

    [Theory]
    [InlineData("#### 5", "first sample", false)]
    [InlineData("#### 5", "first sample", true)]
    [InlineData("#### 7", "first sample escalation", false)]
    [InlineData("#### 7", "first sample escalation", true)]
    public async Task TwoModelsThatAgree_AreBelieved(string other, string causes, bool stream)
    {
        Usual(helper: other);
        await world.BilledAsync();
        var (_, text, record) = await world.AskAsync("agreed", Question, stream);
        Causes(record).ShouldBe(causes);
        text.ShouldNotBe(other, "a sample is never delivered");
        record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
    }

    [Theory]
    [InlineData("asked", "1", GateWorld.Small)]
    [InlineData("asked", "2", GateWorld.Medium)]
    [InlineData("asked", "3", GateWorld.Large)]
    [InlineData("asked", "I would say 1", GateWorld.Large)]
    [InlineData("level", "low", GateWorld.Small)]
    [InlineData("level", "HIGH", GateWorld.Large)]
    [InlineData("level", "gpt-4o-mini", GateWorld.Large)]
    public async Task AModel_ChoosesWhoAnswers_AndNonsenseLeadsToTheStrongest(
        string route,
        string said,
        string expected
    )
    {
        foreach (var stream in new[] { false, true })
        {
            Usual(helper: said);
            await world.BilledAsync();
            var (status, _, record) = await world.AskAsync(route, $"{Question} {said} {stream}", stream);
            status.ShouldBe(200);
            Models(record).ShouldBe($"{GateWorld.Helper} {expected}");
            Causes(record).ShouldBe("classify stage");
            record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
            record.Request.Why.ShouldContain("judge_router");
        }
    }

    [Fact]
    public async Task ALabel_IsRemembered_SoTheSecondQuestionCostsNoCall()
    {
        Usual(helper: "2");
        await world.AskAsync("asked", "The same question twice?", stream: false);
        var (_, _, record) = await world.AskAsync("asked", "The same question twice?", stream: false);
        Models(record).ShouldBe(GateWorld.Medium);
        record.Request.Why.ShouldContain("2 (remembered)");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AFaultInAnyStage_StillEndsInAnAnswer_AndTheLedgerIsTheBill(string route, bool stream)
    {
        Fault[] faults =
        [
            Fault.Status(500),
            Fault.Reset(),
            Fault.InvalidJson(),
            Fault.EmptyChoices(),
            Fault.Overloaded(),
        ];
        foreach (var model in new[] { GateWorld.Small, GateWorld.Medium, GateWorld.Large, GateWorld.Helper })
        {
            for (var i = 0; i < faults.Length; i++)
            {
                Usual(
                    helper: route is "asked" ? "2"
                    : route is "level" ? "MEDIUM"
                    : "4"
                );
                Script(GateWorld.Small, i % 2 == 0 ? Wrong : $"{Right} {model} {i} {stream}");
                await world.BilledAsync();
                // What is cut after its first pieces has reached nobody while a gate holds it; the last stage has none.
                var held = stream && model != GateWorld.Large && route is not ("asked" or "level");
                var fault = held && i >= 3 ? Fault.CutStream() : faults[i];
                world.Simulator.Faults.Script(model, fault, fault);
                var (status, _, record) = await world.AskAsync(
                    route,
                    $"{Question} {model} {i} {stream} {route}",
                    stream
                );
                status.ShouldBe(200, $"{model} {fault} {record.Request.Why}");
                BillCheck.Differences(record, await world.LinesAsync()).ShouldBeEmpty(record.Request.Why);
                record
                    .Attempts.Count(row => row.Cause is "first" or "retry" or "fallback")
                    .ShouldBeLessThanOrEqualTo(3);
                record.Request.Model.ShouldNotBe(new ModelId(GateWorld.Helper), "who judges does not answer");
            }
        }
    }

    [Fact]
    public async Task AStreamThatBeginsByDeclining_IsStopped_AndWhatItCostIsFlagged()
    {
        Usual();
        Script(
            GateWorld.Small,
            "I'm sorry, but I can't help with that. " + string.Concat(Enumerable.Repeat("Let me tell you why. ", 2_000))
        );
        await world.LinesAsync();
        var (status, text, record) = await world.AskAsync("checked", "Stopped early?", stream: true);

        status.ShouldBe(200);
        text.ShouldBe(Right);
        Causes(record).ShouldBe("first escalation");
        record.Request.Why.ShouldContain("refused early");
        record.Attempts[0].Estimated.ShouldBeTrue();
        BillCheck.Differences(record, await world.LinesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AJudgeThatIsSlow_IsNotWaitedFor_AndTheStrongestAnswers(bool stream)
    {
        Usual(helper: "1");
        world.Simulator.Faults.Script(GateWorld.Helper, Fault.Delay(TimeSpan.FromSeconds(30)));
        var (status, _, record) = await world.AskAsync("asked", $"How slow are you? {stream}", stream);

        status.ShouldBe(200);
        record.Request.Model.ShouldBe(new ModelId(GateWorld.Large));
        record.Attempts[0].Cause.ShouldBe("classify");
        record.Attempts[0].Failure.ShouldNotBeNull();
        record.Request.TotalMilliseconds.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task TheComparisonWithTheBill_FindsARowThatIsWrongMissingOrMadeUp()
    {
        Usual();
        Script(GateWorld.Small, Wrong);
        await world.LinesAsync();
        var (_, _, record) = await world.AskAsync("checked", "Compared?", stream: false);
        var lines = await world.LinesAsync();
        BillCheck.Differences(record, lines).ShouldBeEmpty();

        var first = record.Attempts[0];
        var dearer = first with { Cost = first.Cost + new Usd(1) };
        BillCheck.Differences(record with { Attempts = record.Attempts.SetItem(0, dearer) }, lines).ShouldNotBeEmpty();
        BillCheck.Differences(record with { Attempts = record.Attempts.RemoveAt(1) }, lines).ShouldNotBeEmpty();
        var more = record.Attempts.Add(first with { Number = 9 });
        BillCheck.Differences(record with { Attempts = more }, lines).ShouldNotBeEmpty();
        var cheaper = record.Request with { Cost = record.Request.Cost - new Usd(1) };
        BillCheck.Differences(record with { Request = cheaper }, lines).ShouldNotBeEmpty();
    }
}
