using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Messages;

/// <summary>Faults as a client of the Anthropic dialect sees them that streams. The answer is five chunks of four tokens.</summary>
public class MessageStreamFaultTests
{
    private static readonly string s_answer = string.Concat(Enumerable.Range(0, 5).Select(i => $"[chunk number {i}]"));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task CutStream_DeliversExactlyThatManyChunks_ThenBreaks(int after)
    {
        await using var sim = await StartAsync(Fault.CutStream(after));
        using var response = await sim.SendAsync(Claude.Streamed());
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var raw = new System.Text.StringBuilder();
        await Should.ThrowAsync<HttpIOException>(async () =>
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                raw.Append(line).Append('\n');
            }
        });
        var stream = new EventText(raw.ToString());
        stream.Text.ShouldBe(s_answer[..(16 * after)]);
        stream.StopReason.ShouldBeNull();
        await ShouldBeBilledAsync(sim, after, CallEnd.FaultedAfterContent);
    }

    [Theory]
    [InlineData("end_without_finish", 2, "")]
    [InlineData("end_without_finish", 0, "")]
    [InlineData("half_line", 2, "\"text_d")]
    [InlineData("malformed_chunk", 2, "<<<not json>>>")]
    [InlineData("error_event", 0, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")]
    [InlineData("error_event", 3, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")]
    public async Task StreamFault_DeliversExactlyThatManyChunks_ThenEndsCleanly(string kind, int after, string end)
    {
        await using var sim = await StartAsync(Of(kind, after));
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Raw.ShouldContain(end);
        stream.Text.ShouldBe(s_answer[..(16 * after)]);
        stream.Of("content_block_stop").ShouldBeEmpty();
        stream.Of("message_delta").ShouldBeEmpty();
        stream.Of("message_stop").ShouldBeEmpty();
        await ShouldBeBilledAsync(sim, after, CallEnd.FaultedAfterContent);
    }

    [Theory]
    [InlineData("truncated_json", "\"text_d")]
    [InlineData("invalid_json", "<<<not json>>>")]
    public async Task BadBody_InAStream_IsABadChunkBeforeContent_AndFree(string kind, string end)
    {
        await using var sim = await StartAsync(Of(kind, 0));
        (await sim.EventsAsync(Claude.Streamed())).Raw.TrimEnd().ShouldEndWith(end);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ErrorEvent_CanBeAnOverload()
    {
        await using var sim = await StartAsync(
            FaultRequest.Read(JsonElement.Parse("""{"kind":"error_event","status":529,"after_chunks":1}"""))
        );
        var error = (await sim.EventsAsync(Claude.Streamed())).Of("error").Single().GetProperty("error");
        error.GetProperty("type").GetString().ShouldBe("overloaded_error");
        error.GetProperty("message").GetString().ShouldBe("Overloaded");
    }

    [Fact]
    public async Task EndWithoutDone_HasEverythingButTheLastEvent()
    {
        await using var sim = await StartAsync(Fault.EndWithoutDone());
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Text.ShouldBe(s_answer);
        stream.StopReason.ShouldBe("end_turn");
        stream.Names.Last().ShouldBe("message_delta");
        await ShouldBeBilledAsync(sim, 5, CallEnd.Completed);
    }

    [Fact]
    public async Task HugeLine_IsOneTextDelta()
    {
        await using var sim = await StartAsync(Fault.HugeLine(1 << 20));
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Text.Length.ShouldBe(32 + (1 << 20));
        stream.Of("content_block_start").Count().ShouldBe(1);
        await ShouldBeBilledAsync(sim, 2, CallEnd.FaultedAfterContent);
    }

    [Fact]
    public async Task EmptyChoices_IsNoBlock_NullContent_IsABlockWithoutText()
    {
        await using var sim = await StartAsync(Fault.EmptyChoices(), Fault.NullContent());
        var empty = await sim.EventsAsync(Claude.Streamed());
        empty.Names.ShouldBe(["message_start", "ping", "message_delta", "message_stop"]);
        empty.StopReason.ShouldBe("end_turn");
        var silent = await sim.EventsAsync(Claude.Streamed());
        silent.Of("content_block_start").ShouldHaveSingleItem();
        silent.Of("content_block_delta").ShouldBeEmpty();
        silent.IsStopped.ShouldBeTrue();
    }

    [Fact]
    public async Task DuplicateChunks_ComeTwice_AndAreBilledOnce()
    {
        await using var sim = await StartAsync(Fault.DuplicateChunks());
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Text.Length.ShouldBe(2 * s_answer.Length);
        stream.Of("content_block_start").Count().ShouldBe(1);
        await ShouldBeBilledAsync(sim, 5, CallEnd.Completed);
    }

    [Fact]
    public async Task ReorderedChunks_SwapInPairs()
    {
        await using var sim = await StartAsync(Fault.ReorderedChunks());
        (await sim.EventsAsync(Claude.Streamed())).Text.ShouldBe(
            "[chunk number 1][chunk number 0][chunk number 3][chunk number 2][chunk number 4]"
        );
    }

    [Fact]
    public async Task ContentFilter_EndsTheStreamHalfWay_WithARefusal()
    {
        await using var sim = await StartAsync(Fault.ContentFilter());
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Text.ShouldBe(s_answer[..40]);
        stream.StopReason.ShouldBe("refusal");
        stream.IsStopped.ShouldBeTrue();
    }

    [Fact]
    public async Task UsageFaults_AreInTheFirstEvent_AndInTheLastButOne()
    {
        await using var sim = await StartAsync(Fault.UsageMissing(), Fault.UsageNegative(), Fault.UsageAbsurd());
        var missing = await sim.EventsAsync(Claude.Streamed());
        missing.Raw.ShouldNotContain("usage");
        var negative = await sim.EventsAsync(Claude.Streamed());
        negative.Usage.GetProperty("output_tokens").GetInt64().ShouldBe(-20);
        Started(negative).GetProperty("input_tokens").GetInt64().ShouldBe(-13);
        var absurd = await sim.EventsAsync(Claude.Streamed());
        absurd.Usage.GetProperty("input_tokens").GetInt64().ShouldBe(1L << 53);
        Started(absurd).GetProperty("output_tokens").GetInt64().ShouldBe(1L << 53);
        (await sim.BillAsync()).Select(l => l.Tokens.Output).ShouldBe([20, 20, 20]);
    }

    [Theory]
    [InlineData("stall_before_content", 0)]
    [InlineData("stall_mid_stream", 3)]
    public async Task Stall_SendsTheChunksBeforeIt_AndIsBilledUpToThere_WhenTheCallerLeaves(string kind, int after)
    {
        await using var sim = await StartAsync(Of(kind, after));
        using (var response = await sim.SendAsync(Claude.Streamed()))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            var last = after == 0 ? "\"type\":\"ping\"" : $"[chunk number {after - 1}]";
            while (!(await reader.ReadLineAsync())!.Contains(last, StringComparison.Ordinal)) { }
        }

        await ShouldBeBilledAsync(sim, after, CallEnd.CancelledByCaller);
    }

    [Fact]
    public async Task EndlessStream_GoesOnInTheSameBlock_UntilTheCallerLeaves()
    {
        await using var sim = await StartAsync(Fault.EndlessStream());
        using (var response = await sim.SendAsync(Claude.Streamed()))
        {
            var start = new byte[200_000];
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(start);
            System.Text.Encoding.UTF8.GetString(start).Split("event: content_block_start").Length.ShouldBe(2);
        }

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.End.ShouldBe(CallEnd.CancelledByCaller);
        line.Tokens.Output.ShouldBeGreaterThan(1_000);
    }

    private static JsonElement Started(EventText stream) =>
        stream.Events[0].GetProperty("message").GetProperty("usage");

    private static async Task<Sim> StartAsync(params Fault[] faults)
    {
        var sim = await Sim.StartAsync();
        sim.Server.Answers.Script("*", _ => SimulatedAnswer.Of(s_answer));
        sim.Server.Faults.Script("*", faults);
        return sim;
    }

    private static Fault Of(string kind, int after) =>
        FaultRequest.Read(JsonElement.Parse($"{{\"kind\":\"{kind}\",\"after_chunks\":{after}}}"));

    private static async Task ShouldBeBilledAsync(Sim sim, int chunks, CallEnd end)
    {
        var bill = await sim.BillAsync();
        if (chunks == 0)
        {
            bill.ShouldBeEmpty();
            return;
        }

        var line = bill.ShouldHaveSingleItem();
        line.Tokens.ShouldBe(new BilledTokens(13, 0, 0, 4 * chunks, 0));
        line.End.ShouldBe(end);
    }
}
