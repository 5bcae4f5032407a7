using System.Net;

namespace Wye.Simulator;

public class AdminTests
{
    [Fact]
    public async Task AdminFace_IsClosedUnlessEnabled()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.Client.GetAsync("sim/bill");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bill_IsReadAsJson_FromAnySequenceOn()
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { AdminFace = true });
        await sim.JsonAsync(Sim.Chat());
        await sim.JsonAsync(Sim.Chat());
        var bill = await sim.GetAsync("sim/bill?after=1");
        bill.GetProperty("total_pico_usd").GetInt64().ShouldBe((long)sim.Server.Bill.TotalPicoUsd);
        var line = bill.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("sequence").GetInt64().ShouldBe(2);
        line.GetProperty("end").GetString().ShouldBe("Completed");
    }

    [Fact]
    public async Task Truth_IsAskedAndSet()
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { AdminFace = true });
        using var set = await sim.PostAsync("""{"prompt":"Hm?","difficulty":0.5}""", "sim/truth");
        set.StatusCode.ShouldBe(HttpStatusCode.OK);
        var truth = await sim.GetAsync("sim/truth?model=gpt-4o&prompt=hm%3F");
        truth.GetProperty("difficulty").GetDouble().ShouldBe(0.5);
        truth.GetProperty("correct").GetBoolean().ShouldBe(sim.Server.Truth.IsCorrect("gpt-4o", "Hm?"));
        var answer = await sim.JsonAsync(Sim.Chat(prompt: "Hm?"));
        var verdict = await sim.GetAsync("sim/truth?id=" + answer.GetProperty("id").GetString());
        verdict.GetProperty("correct").GetBoolean().ShouldBe(truth.GetProperty("correct").GetBoolean());
        using var unknown = await sim.Client.GetAsync("sim/truth?model=nobody&prompt=x");
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Faults_AreScripted_Standing_Random_AndCleared()
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { AdminFace = true });
        await SetAsync(
            sim,
            """{"model":"gpt-4o","faults":[{"kind":"rate_limited","retry_after":"3"},{"kind":"none"}]}"""
        );
        await SetAsync(sim, """{"mode":"always","model":"gpt-4o","faults":[{"kind":"status","status":503}]}""");
        (await StatusAsync(sim)).ShouldBe(429);
        (await StatusAsync(sim)).ShouldBe(200);
        (await StatusAsync(sim)).ShouldBe(503);
        (await StatusAsync(sim)).ShouldBe(503);
        await SetAsync(sim, """{"mode":"clear"}""");
        (await StatusAsync(sim)).ShouldBe(200);
        await SetAsync(sim, """{"mode":"random","rate":1,"seed":5,"faults":[{"kind":"overloaded"}]}""");
        (await StatusAsync(sim)).ShouldBe(529);
    }

    [Theory]
    [InlineData("""{"faults":[{"kind":"nonsense"}]}""", "Unknown fault kind 'nonsense'.")]
    [InlineData("""{"mode":"sometimes"}""", "Unknown mode 'sometimes'.")]
    [InlineData("{", "")]
    public async Task BadFaults_AreRefused_WithTheReason(string body, string reason)
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { AdminFace = true });
        using var response = await sim.PostAsync(body, "sim/faults");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain(reason);
    }

    private static async Task SetAsync(Sim sim, string body)
    {
        using var response = await sim.PostAsync(body, "sim/faults");
        response.EnsureSuccessStatusCode();
    }

    private static async Task<int> StatusAsync(Sim sim)
    {
        using var response = await sim.PostAsync(Sim.Chat());
        return (int)response.StatusCode;
    }
}
