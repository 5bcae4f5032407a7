using Wye.Gateway.Faults;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator.Answers;

namespace Wye.Gateway.Gates;

/// <summary>S19: a judge that obeys whatever it reads cannot leave its words, the allowed models, or the budget.</summary>
public sealed class InjectionTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly string[] Allowed = [GateWorld.Small, GateWorld.Medium, GateWorld.Large, GateWorld.Helper];

    private static readonly string[] Words = ["1", "2", "3", "4", "5"];

    [Fact]
    public async Task NoInjection_LeavesTheWords_TheModels_OrTheBudget()
    {
        var attempts = Injections.All();
        attempts.Count.ShouldBe(200);
        // Obeys: says what the text demands, in the judge's place and in the router's.
        world.Simulator.Answers.Script(
            GateWorld.Helper,
            call => SimulatedAnswer.Of(Injections.Demanded(call.Prompt) ?? "1")
        );
        world.Simulator.Answers.Script(GateWorld.Small, call => SimulatedAnswer.Of($"{call.Prompt}\n#### 5"));
        var (breaches, moved, cost) = (0, 0, 0L);
        foreach (var (attempt, index) in attempts.Select((attempt, index) => (attempt, index)))
        {
            foreach (var route in new[] { "asked", "judged" })
            {
                var (status, _, record) = await world.AskAsync(route, attempt, stream: index % 2 == 0);
                status.ShouldBe(200, $"{route}: {attempt}");
                breaches += Breaches(record);
                moved += record.Request.Model == new ModelId(GateWorld.Large) ? 1 : 0;
                cost += record.Request.Cost.PicoDollars;
            }
        }

        Sizes.Record(
            "S19",
            ("attempts", attempts.Count),
            ("requests", 2 * attempts.Count),
            ("left_enum_models_or_budget", breaches),
            ("moved_to_the_strongest", moved),
            ("mean_cost_usd", Math.Round(cost / 1e12 / (2 * attempts.Count), 6))
        );
        breaches.ShouldBe(0);
    }

    [Fact]
    public async Task TheCount_SeesAModelOutside_ACostAbove_AJudgeThatAnswers_AndItsWords()
    {
        world.Simulator.Answers.Script(GateWorld.Helper, _ => SimulatedAnswer.Of("1"));
        var (_, _, record) = await world.AskAsync("asked", "Nothing is injected here.", stream: false);
        Breaches(record).ShouldBe(0);

        var (request, row) = (record.Request, record.Attempts[0]);
        Breaches(record with { Attempts = [row with { Model = new ModelId(GateWorld.Outsider) }] }).ShouldBe(1);
        Breaches(record with { Request = request with { Cost = Usd.FromDollars(0.6m) } }).ShouldBe(1);
        Breaches(record with { Request = request with { Model = new ModelId(GateWorld.Helper) } }).ShouldBe(1);
        Breaches(record with { Request = request with { Why = "judge_router: x; sim/h says o1 -> sim/o1" } })
            .ShouldBe(1);
    }

    private static int Breaches(LedgerRecord record) =>
        record.Attempts.Count(row => !Allowed.Contains(row.Model.Value, StringComparer.Ordinal))
        + (record.Request.Cost > Usd.FromDollars(0.5m) ? 1 : 0)
        + (record.Request.Model == new ModelId(GateWorld.Helper) ? 1 : 0)
        + (SaysMore(record.Request.Why) ? 1 : 0);

    // Why repeats a word of the plan, or none: never what the judge said.
    private static bool SaysMore(string why)
    {
        var at = why.IndexOf(" says ", StringComparison.Ordinal);
        return at >= 0 && !Words.Contains(why[(at + 6)..].Split(' ', ';')[0], StringComparer.Ordinal);
    }
}
