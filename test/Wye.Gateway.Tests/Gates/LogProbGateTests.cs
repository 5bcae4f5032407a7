using Wye.Simulator.Answers;

namespace Wye.Gateway.Gates;

/// <summary>A gate on token log-probabilities: they are asked for, read from answers and streams, and kept from who did not ask.</summary>
public sealed class LogProbGateTests(GateWorld world) : IClassFixture<GateWorld>
{
    private const string Hidden = "-0.0625";

    public static TheoryData<bool, bool, double, bool> Ways { get; } =
        new(
            from stream in new[] { false, true }
            from asked in new[] { false, true }
            from certainty in new[] { (LogProb: -0.0625, Passes: true), (LogProb: -3.5, Passes: false) }
            select (stream, asked, certainty.LogProb, certainty.Passes)
        );

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AnUnsureAnswer_IsRefused_AndOnlyWhoAskedSeesTheNumbers(
        bool stream,
        bool asked,
        double logProb,
        bool passes
    )
    {
        Script(GateWorld.Small, "It is five.", logProb);
        Script(GateWorld.Medium, "Certainly five.", -0.0625);
        await world.BilledAsync();
        var more = asked ? ",\"logprobs\":true,\"top_logprobs\":2" : "";

        var (status, raw, record) = await world.SendAsync(
            $$"""{"model":"sure","stream":{{(stream ? "true" : "false")}}{{more}},"messages":[{"role":"user","content":"Two and three? {{stream}} {{asked}} {{passes}}"}]}"""
        );

        status.ShouldBe(200, record.Request.Why);
        record.Attempts.Select(row => row.Cause).ShouldBe(passes ? ["first"] : ["first", "escalation"]);
        raw.Contains(Hidden, StringComparison.Ordinal).ShouldBe(asked);
        raw.ShouldContain("five");
        if (!passes)
        {
            record.Request.Why.ShouldContain("refused (logprobs: unsure)");
        }

        record.Request.Cost.PicoDollars.ShouldBe(await world.BilledAsync());
    }

    private void Script(string model, string text, double logProb) =>
        world.Simulator.Answers.Script(
            model,
            _ =>
                SimulatedAnswer.Of(text) with
                {
                    LogProbs = [.. text.Split(' ').Select(word => new SimulatedLogProb(word, logProb))],
                }
        );
}
