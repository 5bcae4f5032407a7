using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator;

public class BillTests
{
    [Theory]
    [InlineData(CancelBilling.UpToThere, 8)]
    [InlineData(CancelBilling.InputAlways, 8)]
    [InlineData(CancelBilling.ToTheEnd, 20)]
    public async Task CancelMidStream_IsBilledByTheChosenRule(CancelBilling rule, long output)
    {
        await using var sim = await StartAsync(rule);
        sim.Server.Faults.Script("gpt-4o", Fault.StallMidStream(2));
        using (var response = await sim.PostAsync(Sim.Streamed()))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (!(await reader.ReadLineAsync())!.Contains("number 1]", StringComparison.Ordinal)) { }
        }

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.End.ShouldBe(CallEnd.CancelledByCaller);
        line.Tokens.ShouldBe(new BilledTokens(13, 0, 0, output, 0));
        line.PicoUsd.ShouldBe((13 * 2_500_000L) + (output * 10_000_000));
    }

    [Theory]
    [InlineData(CancelBilling.UpToThere, null)]
    [InlineData(CancelBilling.InputAlways, 0L)]
    [InlineData(CancelBilling.ToTheEnd, 20L)]
    public async Task CancelBeforeContent_IsBilledByTheChosenRule(CancelBilling rule, long? output)
    {
        await using var sim = await StartAsync(rule);
        sim.Server.Faults.Script("gpt-4o", Fault.StallBeforeContent());
        using (var response = await sim.PostAsync(Sim.Streamed()))
        {
            response.EnsureSuccessStatusCode();
        }

        var bill = await sim.BillAsync();
        bill.Count.ShouldBe(output is null ? 0 : 1);
        if (output is not null)
        {
            bill[0].Tokens.ShouldBe(new BilledTokens(13, 0, 0, output.Value, 0));
        }
    }

    [Fact]
    public async Task FaultCanSayWhoPays_AgainstTheRule()
    {
        await using var sim = await StartAsync(CancelBilling.UpToThere);
        sim.Server.Faults.Script(
            "gpt-4o",
            Fault.CutStream(2) with
            {
                Billing = FaultBilling.Nothing,
            },
            Fault.CutStream(2) with
            {
                Billing = FaultBilling.ToTheEnd,
            }
        );
        for (var i = 0; i < 2; i++)
        {
            using var response = await sim.PostAsync(Sim.Streamed());
            await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        }

        (await sim.BillAsync()).ShouldHaveSingleItem().Tokens.Output.ShouldBe(20);
    }

    [Fact]
    public async Task LineIsWritten_BeforeTheAnswerIsThere()
    {
        await using var sim = await Sim.StartAsync();
        for (var i = 1; i <= 50; i++)
        {
            await sim.JsonAsync(Sim.Chat());
            sim.Server.Bill.Count.ShouldBe((2 * i) - 1);
            await sim.StreamAsync(Sim.Streamed());
            sim.Server.Bill.Count.ShouldBe(2 * i);
        }
    }

    [Fact]
    public async Task ParallelMixedCalls_WithRandomFaults_SumToTheTotal_WithoutGaps()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Random(
            0.5,
            7,
            Fault.Status(500),
            Fault.TruncatedJson(),
            Fault.CutStream(),
            Fault.EmptyChoices(),
            Fault.EndWithoutFinish(),
            Fault.DuplicateChunks()
        );
        await Parallel.ForAsync(
            0,
            400,
            async (i, token) =>
            {
                var model = i % 3 == 0 ? "claude-haiku-4-5" : "gpt-4o-mini";
                using var response = await sim.PostAsync(
                    i % 2 == 0 ? Sim.Chat(model, $"prompt {i}") : Sim.Streamed(model, $"prompt {i}"),
                    cancellationToken: token
                );
                try
                {
                    await response.Content.ReadAsStringAsync(token);
                }
                catch (HttpRequestException)
                {
                    // A cut; the bill below is what counts.
                }
            }
        );
        var bill = await sim.BillAsync();
        bill.Select(l => l.Sequence).ShouldBe(Enumerable.Range(1, bill.Count).Select(i => (long)i));
        sim.Server.Bill.TotalPicoUsd.ShouldBe(bill.Aggregate(Int128.Zero, (sum, l) => sum + l.PicoUsd));
        sim.Server.Calls.Count.ShouldBe(400);
        sim.Server.Calls.CountOf("claude-haiku-4-5").ShouldBe(134);
        bill.Count.ShouldBeInRange(200, 399);
        sim.Server.Bill.InFlight.ShouldBe(0);
        sim.Server.Bill.Snapshot(bill.Count - 2).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Quiescence_ComesWithTheLastCall()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        sim.Server.Bill.WaitForQuiescenceAsync().IsCompleted.ShouldBeTrue();
        sim.Server.Faults.Always("*", Fault.Delay(TimeSpan.FromSeconds(1)));
        var calls = Task.WhenAll(sim.JsonAsync(Sim.Chat()), sim.JsonAsync(Sim.Chat()));
        await time.ArmedAsync(2);
        var quiet = sim.Server.Bill.WaitForQuiescenceAsync();
        quiet.IsCompleted.ShouldBeFalse();
        sim.Server.Bill.InFlight.ShouldBe(2);
        time.Advance(TimeSpan.FromSeconds(1));
        await calls;
        await quiet;
        sim.Server.Bill.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ScriptedTokenCounts_AreReportedAndBilled()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Answers.Script(
            "claude-opus-4-5",
            _ => new SimulatedAnswer
            {
                Text = "ok",
                PromptTokens = 1_000_000,
                CompletionTokens = 3,
                ReasoningTokens = 2,
            }
        );
        var answer = await sim.JsonAsync(Sim.Chat("claude-opus-4-5"));
        answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt64().ShouldBe(1_000_000);
        var line = (await sim.BillAsync())[0];
        line.Tokens.ShouldBe(new BilledTokens(1_000_000, 0, 0, 3, 2));
        line.PicoUsd.ShouldBe(5_000_000_000_000 + (3 * 25_000_000));
    }

    private static async Task<Sim> StartAsync(CancelBilling rule)
    {
        var sim = await Sim.StartAsync(new SimulatorOptions { CancelBilling = rule });
        var text = string.Concat(Enumerable.Range(0, 5).Select(i => $"[chunk number {i}]"));
        sim.Server.Answers.Script("gpt-4o", _ => SimulatedAnswer.Of(text));
        return sim;
    }
}
