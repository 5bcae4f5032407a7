using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator;

/// <summary>Faults as a client sees them that streams. The answer is five chunks of four tokens.</summary>
public class StreamFaultTests
{
    private static readonly string s_answer = string.Concat(Enumerable.Range(0, 5).Select(i => $"[chunk number {i}]"));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task CutStream_DeliversExactlyThatManyChunks_ThenBreaks(int after)
    {
        await using var sim = await StartAsync(Fault.CutStream(after));
        using var response = await sim.PostAsync(Sim.Streamed());
        var text = await ReadUntilBrokenAsync(response);
        new SseText(text).Text.ShouldBe(s_answer[..(16 * after)]);
        await ShouldBeBilledAsync(sim, after, CallEnd.FaultedAfterContent);
    }

    [Theory]
    [InlineData("end_without_finish", 2, "")]
    [InlineData("end_without_finish", 0, "")]
    [InlineData("half_line", 2, "\"chat.comp")]
    [InlineData("malformed_chunk", 2, "<<<not json>>>")]
    [InlineData("error_event", 0, "\"server_error\"")]
    [InlineData("error_event", 3, "\"server_error\"")]
    public async Task StreamFault_DeliversExactlyThatManyChunks_ThenEndsCleanly(string kind, int after, string end)
    {
        await using var sim = await StartAsync(Of(kind, after));
        using var response = await sim.PostAsync(Sim.Streamed());
        var raw = await response.Content.ReadAsStringAsync();
        raw.ShouldNotContain("[DONE]");
        raw.ShouldNotContain("\"stop\"");
        raw.ShouldContain(end);
        raw.Split("[chunk number").Length.ShouldBe(after + 1);
        await ShouldBeBilledAsync(sim, after, CallEnd.FaultedAfterContent);
    }

    [Theory]
    [InlineData("truncated_json", "\"chat.comp")]
    [InlineData("invalid_json", "<<<not json>>>")]
    public async Task BadBody_InAStream_IsABadChunkBeforeContent_AndFree(string kind, string end)
    {
        await using var sim = await StartAsync(Of(kind, 0));
        using var response = await sim.PostAsync(Sim.Streamed());
        (await response.Content.ReadAsStringAsync()).TrimEnd().ShouldEndWith(end);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EndWithoutDone_HasEverythingElse()
    {
        await using var sim = await StartAsync(Fault.EndWithoutDone());
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.ShouldBe(s_answer);
        stream.Finishes.ShouldBe(["stop"]);
        stream.Usage.ShouldNotBeNull();
        stream.IsDone.ShouldBeFalse();
        await ShouldBeBilledAsync(sim, 5, CallEnd.Completed);
    }

    [Fact]
    public async Task HugeLine_IsOneLineOfTenMegabytes()
    {
        await using var sim = await StartAsync(Fault.HugeLine());
        using var response = await sim.PostAsync(Sim.Streamed());
        var raw = await response.Content.ReadAsStringAsync();
        raw.Split('\n').Max(l => l.Length).ShouldBeGreaterThan(10 << 20);
        await ShouldBeBilledAsync(sim, 2, CallEnd.FaultedAfterContent);
    }

    [Fact]
    public async Task EmptyChoices_InAStream_IsNoContentAtAll()
    {
        await using var sim = await StartAsync(Fault.EmptyChoices(), Fault.NullContent());
        var empty = await sim.StreamAsync(Sim.Streamed());
        empty.Deltas.ShouldBeEmpty();
        empty.IsDone.ShouldBeTrue();
        var silent = await sim.StreamAsync(Sim.Streamed());
        silent.Text.ShouldBe("");
        silent.Finishes.ShouldBe(["stop"]);
    }

    [Fact]
    public async Task DuplicateChunks_ComeTwice_AndAreBilledOnce()
    {
        await using var sim = await StartAsync(Fault.DuplicateChunks());
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.Length.ShouldBe(2 * s_answer.Length);
        await ShouldBeBilledAsync(sim, 5, CallEnd.Completed);
    }

    [Fact]
    public async Task ReorderedChunks_SwapInPairs()
    {
        await using var sim = await StartAsync(Fault.ReorderedChunks());
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.ShouldBe("[chunk number 1][chunk number 0][chunk number 3][chunk number 2][chunk number 4]");
        await ShouldBeBilledAsync(sim, 5, CallEnd.Completed);
    }

    [Fact]
    public async Task ContentFilter_EndsTheStreamHalfWay()
    {
        await using var sim = await StartAsync(Fault.ContentFilter());
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.ShouldBe(s_answer[..40]);
        stream.Finishes.ShouldBe(["content_filter"]);
        stream.IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task UsageFaults_AreInTheUsageChunk()
    {
        await using var sim = await StartAsync(Fault.UsageMissing(), Fault.UsageNegative(), Fault.UsageAbsurd());
        (await sim.StreamAsync(Sim.Streamed())).Usage.ShouldBeNull();
        (await sim.StreamAsync(Sim.Streamed())).Usage!.Value.GetProperty("completion_tokens").GetInt64().ShouldBe(-20);
        (await sim.StreamAsync(Sim.Streamed())).Usage!.Value.GetProperty("prompt_tokens").GetInt64().ShouldBe(1L << 53);
        (await sim.BillAsync()).Select(l => l.Tokens.Output).ShouldBe([20, 20, 20]);
    }

    [Theory]
    [InlineData("stall_before_content", 0)]
    [InlineData("stall_mid_stream", 3)]
    public async Task Stall_SendsTheChunksBeforeIt_AndIsBilledUpToThere_WhenTheCallerLeaves(string kind, int after)
    {
        await using var sim = await StartAsync(Of(kind, after));
        using (var response = await sim.PostAsync(Sim.Streamed()))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync())!.ShouldContain("\"role\":\"assistant\"");
            for (var i = 0; i < after; i++)
            {
                await reader.ReadLineAsync();
                (await reader.ReadLineAsync())!.ShouldContain($"[chunk number {i}]");
            }
        }

        await ShouldBeBilledAsync(sim, after, CallEnd.CancelledByCaller);
    }

    [Fact]
    public async Task EndlessStream_GoesOnUntilTheCallerLeaves()
    {
        await using var sim = await StartAsync(Fault.EndlessStream());
        using (var response = await sim.PostAsync(Sim.Streamed()))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[200_000]);
        }

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.End.ShouldBe(CallEnd.CancelledByCaller);
        line.Tokens.Output.ShouldBeGreaterThan(1_000);
    }

    private static async Task<Sim> StartAsync(params Fault[] faults)
    {
        var sim = await Sim.StartAsync();
        sim.Server.Answers.Script("gpt-4o", _ => SimulatedAnswer.Of(s_answer));
        sim.Server.Faults.Script("gpt-4o", faults);
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

    private static async Task<string> ReadUntilBrokenAsync(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new System.Text.StringBuilder();
        await Should.ThrowAsync<HttpIOException>(async () =>
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                text.Append(line).Append('\n');
            }
        });
        return text.ToString();
    }
}
