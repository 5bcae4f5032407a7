using System.Text.Json;

namespace Wye.Simulator.Messages;

public class CacheMarkTests
{
    private const string Mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";
    private static readonly string s_long = string.Concat(Enumerable.Range(0, 700).Select(i => $"fact {i:000}. "));

    [Fact]
    public async Task MarkedPrefix_IsWrittenOnce_ThenRead_AtTheirPrices()
    {
        await using var sim = await Sim.StartAsync();
        var first = await UsageAsync(sim, Asked("first question"));
        var second = await UsageAsync(sim, Asked("second question!"));
        // System message: 4 + 7,000 bytes / 4.
        first.ShouldBe((3 + 4 + 4, 1_754, 0));
        second.ShouldBe((3 + 4 + 4, 0, 1_754));
        var bill = await sim.BillAsync();
        var output = bill[0].Tokens.Output;
        bill[0].PicoUsd.ShouldBe((11 * 3_000_000) + (1_754 * 3_750_000L) + (output * 15_000_000));
        bill[1].PicoUsd.ShouldBe((11 * 3_000_000) + (1_754 * 300_000L) + (bill[1].Tokens.Output * 15_000_000));
    }

    [Fact]
    public async Task MovingMark_ReadsTheOldPrefix_AndWritesWhatIsNew()
    {
        await using var sim = await Sim.StartAsync();
        var one = await UsageAsync(sim, Claude.Of(Turn("user", s_long, Mark)));
        var two = await UsageAsync(
            sim,
            Claude.Of($"{Turn("user", s_long)},{Turn("assistant", "Noted.")},{Turn("user", "And now?", Mark)}")
        );
        one.ShouldBe((3, 1_754, 0));
        two.ShouldBe((3, 4 + 2 + 4 + 2, 1_754));
    }

    [Fact]
    public async Task MarkOnTheRequest_MarksItsLastBlock()
    {
        await using var sim = await Sim.StartAsync();
        var body = Claude.Body(s_long, ",\"cache_control\":{\"type\":\"ephemeral\"}");
        (await UsageAsync(sim, body)).ShouldBe((3, 1_754, 0));
        (await UsageAsync(sim, body)).ShouldBe((3, 0, 1_754));
    }

    [Fact]
    public async Task NothingIsCached_WithoutAMark_OrTooShort_OrOtherwiseBefore_OrForAnotherModel()
    {
        await using var sim = await Sim.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            (await UsageAsync(sim, Claude.Body(s_long))).ShouldBe((1_757, 0, 0));
            (await UsageAsync(sim, Claude.Of(Turn("user", "short", Mark)))).ShouldBe((3 + 4 + 2, 0, 0));
        }

        await UsageAsync(sim, Asked("q"));
        (await UsageAsync(sim, Asked("q", "x" + s_long))).Read.ShouldBe(0);
        (await UsageAsync(sim, Asked("q").Replace("sonnet-4-5", "opus-4-5", StringComparison.Ordinal))).Read.ShouldBe(
            0
        );
    }

    [Fact]
    public async Task Tools_ComeBeforeTheSystemText_AndCanBeMarked()
    {
        await using var sim = await Sim.StartAsync();
        string Tooled(string system, string mark) =>
            Claude.Body(
                "Hi",
                $$$""","system":"{{{system}}}","tools":[{"name":"t","description":"{{{s_long}}}","input_schema":{"type":"object"}{{{mark}}}}]"""
            );
        var written = await UsageAsync(sim, Tooled("one", Mark));
        var read = await UsageAsync(sim, Tooled("another", Mark));
        written.Written.ShouldBeGreaterThan(1_750);
        read.Read.ShouldBe(written.Written);
        (await UsageAsync(sim, Tooled("one", ""))).Read.ShouldBe(0);
    }

    [Fact]
    public async Task Cache_ForgetsFiveMinutesAfterItsLastUse()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        await UsageAsync(sim, Asked("q"));
        time.Advance(TimeSpan.FromMinutes(5));
        (await UsageAsync(sim, Asked("q"))).Read.ShouldBe(1_754);
        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
        (await UsageAsync(sim, Asked("q"))).ShouldBe((3 + 4 + 1, 1_754, 0));
    }

    [Fact]
    public async Task MoreThanFourMarks_AreRefused()
    {
        await using var sim = await Sim.StartAsync();
        var turns = string.Join(',', Enumerable.Repeat(Turn("user", "x", Mark), 5));
        using var response = await sim.SendAsync(Claude.Of(turns));
        (await response.Content.ReadAsStringAsync()).ShouldContain("A maximum of 4 blocks with cache_control");
    }

    private static string Asked(string question, string? facts = null) =>
        Claude.Body(question, $$""","system":[{"type":"text","text":"{{facts ?? s_long}}"{{Mark}}}]""");

    private static string Turn(string role, string text, string mark = "") =>
        $$"""{"role":"{{role}}","content":[{"type":"text","text":"{{text}}"{{mark}}}]}""";

    private static async Task<(int Input, int Written, int Read)> UsageAsync(Sim sim, string body)
    {
        var usage = (await sim.MessageAsync(body)).GetProperty("usage");
        return (
            usage.GetProperty("input_tokens").GetInt32(),
            usage.GetProperty("cache_creation_input_tokens").GetInt32(),
            usage.GetProperty("cache_read_input_tokens").GetInt32()
        );
    }
}
