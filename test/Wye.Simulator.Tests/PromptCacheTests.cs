using System.Text.Json;

namespace Wye.Simulator;

public class PromptCacheTests
{
    private static readonly string s_long = string.Concat(Enumerable.Range(0, 700).Select(i => $"fact {i:000}. "));

    [Fact]
    public async Task RepeatedLongPrefix_IsReadFromTheCache_AtItsPrice()
    {
        await using var sim = await Sim.StartAsync();
        (await CachedAsync(sim, s_long + "first question")).ShouldBe(0);
        var cached = await CachedAsync(sim, s_long + "second question");
        cached.ShouldBe(1_664);
        (cached % 128).ShouldBe(0);
        var line = (await sim.BillAsync())[1];
        line.Tokens.CacheRead.ShouldBe(cached);
        line.PicoUsd.ShouldBe(
            (line.Tokens.Input * 2_500_000) + (cached * 1_250_000) + (line.Tokens.Output * 10_000_000)
        );
    }

    [Fact]
    public async Task Cache_KnowsModelsApart_ShortPrompts_AndModelsWithoutCache()
    {
        await using var sim = await Sim.StartAsync();
        await CachedAsync(sim, s_long);
        (await CachedAsync(sim, s_long, "gpt-4o-mini")).ShouldBe(0);
        await CachedAsync(sim, "short");
        (await CachedAsync(sim, "short")).ShouldBe(0);
        await CachedAsync(sim, s_long, "gpt-4-turbo");
        (await CachedAsync(sim, s_long, "gpt-4-turbo")).ShouldBe(0);
    }

    [Fact]
    public async Task Cache_ForgetsAfterItsLifetime()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        await CachedAsync(sim, s_long);
        time.Advance(TimeSpan.FromMinutes(5));
        (await CachedAsync(sim, s_long)).ShouldBeGreaterThan(0);
        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
        (await CachedAsync(sim, s_long)).ShouldBe(0);
    }

    private static async Task<int> CachedAsync(Sim sim, string prompt, string model = "gpt-4o")
    {
        var answer = await sim.JsonAsync(Sim.Chat(model, prompt));
        return answer.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();
    }
}
