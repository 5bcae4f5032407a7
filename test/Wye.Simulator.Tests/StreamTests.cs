using System.Text.Json;
using Wye.Simulator.Billing;

namespace Wye.Simulator;

public class StreamTests
{
    [Fact]
    public async Task Stream_IsRole_Content_Finish_Usage_Done()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(Sim.Streamed());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var stream = new SseText(await response.Content.ReadAsStringAsync());

        var chunks = stream.Chunks;
        chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString().ShouldBe("assistant");
        chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString().ShouldBe("");
        chunks[1..^2]
            .All(c => c.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out _))
            .ShouldBeTrue();
        chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        chunks[^2].GetProperty("choices")[0].GetProperty("delta").EnumerateObject().ShouldBeEmpty();
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        stream.Usage.ShouldNotBeNull();
        stream.IsDone.ShouldBeTrue();
        chunks.Select(c => c.GetProperty("id").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Stream_SaysWhatTheWholeAnswerSays_ForTheSamePrice()
    {
        await using var sim = await Sim.StartAsync();
        var whole = await sim.JsonAsync(Sim.Chat());
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.ShouldBe(whole.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var bill = await sim.BillAsync();
        bill[1].PicoUsd.ShouldBe(bill[0].PicoUsd);
        bill[1].Streamed.ShouldBeTrue();
        stream.Usage!.Value.GetProperty("completion_tokens").GetInt64().ShouldBe(bill[1].Tokens.Output);
    }

    [Fact]
    public async Task Stream_WithoutIncludeUsage_HasNone()
    {
        await using var sim = await Sim.StartAsync();
        var stream = await sim.StreamAsync(Sim.Chat(more: ",\"stream\":true"));
        stream.Usage.ShouldBeNull();
        stream.IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task ContinuousUsage_GrowsWithEachChunk_UpToTheTotal()
    {
        await using var sim = await Sim.StartAsync();
        var stream = await sim.StreamAsync(
            Sim.Chat(
                more: ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true}"
            )
        );
        var counts = stream
            .Chunks.Where(c => c.TryGetProperty("usage", out _))
            .Select(c => c.GetProperty("usage").GetProperty("completion_tokens").GetInt64())
            .ToArray();
        counts.Length.ShouldBeGreaterThan(3);
        counts.ShouldBe(counts.Order());
        counts[^2].ShouldBe(counts[^1]);
    }

    [Fact]
    public async Task Chunks_NeverSplitACharacter()
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { TokensPerChunk = 1 });
        const string Text = "日本語のテキスト 🙂🙂🙂 и кириллица";
        sim.Server.Answers.Script("gpt-4o", _ => Answers.SimulatedAnswer.Of(Text));
        var stream = await sim.StreamAsync(Sim.Streamed());
        stream.Text.ShouldBe(Text);
        stream.Raw.ShouldNotContain('\uFFFD');
    }

    [Fact]
    public async Task SeveralChoices_EachHaveRoleAndFinish()
    {
        await using var sim = await Sim.StartAsync();
        var stream = await sim.StreamAsync(Sim.Streamed(more: ",\"n\":2"));
        stream.Finishes.ShouldBe(["stop", "stop"]);
        stream.Deltas.Count(d => d.TryGetProperty("role", out _)).ShouldBe(2);
    }

    [Fact]
    public async Task LogProbs_AreSpreadOverTheChunks()
    {
        await using var sim = await Sim.StartAsync();
        var stream = await sim.StreamAsync(Sim.Streamed(more: ",\"logprobs\":true"));
        var tokens = stream
            .Chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray())
            .Where(c => c.GetProperty("logprobs").ValueKind == JsonValueKind.Object)
            .SelectMany(c => c.GetProperty("logprobs").GetProperty("content").EnumerateArray());
        string.Concat(tokens.Select(t => t.GetProperty("token").GetString())).ShouldBe(stream.Text);
    }

    [Fact]
    public async Task Latency_IsWaitedOnTheInjectedClock()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time, LatencyScale = 1 });
        var answer = sim.JsonAsync(Sim.Chat("gpt-4o"));
        await time.ArmedAsync(1);
        answer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(1));
        (await answer).GetProperty("choices").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task StreamLatency_IsFirstTokenThenPerChunk()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time, LatencyScale = 1 });
        sim.Server.Answers.Script("gpt-4o", _ => Answers.SimulatedAnswer.Of("12345678901234567890"));
        var stream = sim.StreamAsync(Sim.Streamed());
        for (var waits = 1; waits <= 3; waits++)
        {
            await time.ArmedAsync(waits);
            (await Task.WhenAny(stream, Task.CompletedTask)).ShouldNotBe(stream);
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        (await stream).Text.ShouldBe("12345678901234567890");
        (await sim.BillAsync()).ShouldHaveSingleItem().Time.ShouldBe(time.GetUtcNow());
    }
}
