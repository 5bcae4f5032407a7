using System.Text.Json;
using Wye.Simulator.Faults;

namespace Wye.Simulator;

public class TruthTests
{
    [Theory]
    [InlineData("gpt-4o", 0.78, 0.5)]
    [InlineData("gpt-4o", 0.5, 0.96643)]
    [InlineData("llama-3-8b", 0.85, 0.00816)]
    public async Task ProbabilityCorrect_IsTheLogisticOfSkillMinusDifficulty(
        string model,
        double difficulty,
        double expected
    )
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Truth.SetDifficulty("q", difficulty);
        sim.Server.Truth.ProbabilityCorrect(model, " Q ").ShouldBe(expected, 1e-4);
    }

    [Fact]
    public async Task ShareOfRightAnswers_MatchesTheProbability_AndStrongerModelsKnowMore()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var model in (string[])["gpt-4o-mini", "gpt-4o", "claude-opus-4-5"])
        {
            var right = 0;
            for (var i = 0; i < 4_000; i++)
            {
                sim.Server.Truth.SetDifficulty($"question {i}", 0.75);
                right += sim.Server.Truth.IsCorrect(model, $"question {i}") ? 1 : 0;
            }

            (right / 4_000.0).ShouldBe(sim.Server.Truth.ProbabilityCorrect(model, "question 1"), 0.025);
        }
    }

    [Fact]
    public async Task RightAnswersAgree_WrongOnesDiffer_AndTheReplyShowsTheDraw()
    {
        await using var sim = await Sim.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            var prompt = $"hard question {i}";
            sim.Server.Truth.SetDifficulty(prompt, 0.7);
            var strong = await AnswerAsync(sim, "claude-opus-4-5", prompt);
            var weak = await AnswerAsync(sim, "gpt-4o-mini", prompt);
            var (s, w) = (
                sim.Server.Truth.IsCorrect("claude-opus-4-5", prompt),
                sim.Server.Truth.IsCorrect("gpt-4o-mini", prompt)
            );
            strong.Correct.ShouldBe(s);
            weak.Correct.ShouldBe(w);
            if (s)
            {
                string.Equals(strong.Number, weak.Number, StringComparison.Ordinal).ShouldBe(w);
            }
        }

        sim.Server.Truth.Quality.ShouldBeInRange(0.3, 0.95);
    }

    [Fact]
    public async Task SameSeed_SameWords_OtherSeed_OtherDraws()
    {
        var texts = new List<string>();
        var draws = new List<bool[]>();
        foreach (var seed in (ulong[])[3, 3, 4])
        {
            await using var sim = await Sim.StartAsync(new SimulatorOptions { Seed = seed });
            texts.Add((await sim.StreamAsync(Sim.Streamed())).Text);
            draws.Add([.. Enumerable.Range(0, 200).Select(i => sim.Server.Truth.IsCorrect("llama-3-8b", $"p{i}"))]);
        }

        texts[1].ShouldBe(texts[0]);
        texts.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        draws[1].ShouldBe(draws[0]);
        draws[2].ShouldNotBe(draws[0]);
    }

    [Fact]
    public async Task UnratedPrompts_SpreadOverTheWholeScale_AndHardWordsOnlyTilt()
    {
        await using var sim = await Sim.StartAsync();
        var plain = Enumerable
            .Range(0, 500)
            .Select(i => sim.Server.Truth.Difficulty($"tell me about topic {i}"))
            .ToArray();
        var hard = Enumerable
            .Range(0, 500)
            .Select(i => sim.Server.Truth.Difficulty($"prove the theorem {i}"))
            .ToArray();
        (hard.Average() - plain.Average()).ShouldBeInRange(0.1, 0.3);
        plain.Max().ShouldBeGreaterThan(hard.Average());
        plain.Min().ShouldBeLessThan(0.1);
        sim.Server.Truth.Difficulty("tell me about topic 7").ShouldBe(plain[7]);
    }

    [Fact]
    public async Task RatedPrompts_ComeFromTheOptions()
    {
        await using var sim = await Sim.StartAsync(
            new SimulatorOptions
            {
                Difficulties = new Dictionary<string, double>(StringComparer.Ordinal) { ["Hello  there"] = 0.125 },
            }
        );
        sim.Server.Truth.Difficulty("hello there").ShouldBe(0.125);
        Should.Throw<ArgumentOutOfRangeException>(() => sim.Server.Truth.SetDifficulty("x", 1.5));
        Should.Throw<KeyNotFoundException>(() => sim.Server.Truth.IsCorrect("gpt-9", "x"));
    }

    [Fact]
    public async Task FaultedCalls_HaveNoVerdict_AndAnswersCanBeFoundByEitherId()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.Status(500), Fault.TruncatedJson());
        for (var i = 0; i < 3; i++)
        {
            using var _ = await sim.PostAsync(Sim.Chat(), headers: h => h.Add("x-request-id", $"r{i}"));
        }

        await sim.BillAsync();
        sim.Server.Truth.WasCorrect("r0").ShouldBeNull();
        sim.Server.Truth.WasCorrect("r1").ShouldBeNull();
        sim.Server.Truth.WasCorrect("r2").ShouldNotBeNull();
        sim.Server.Truth.WasCorrect((await sim.BillAsync())[0].ResponseId).ShouldNotBeNull();
    }

    private static async Task<(string Number, bool? Correct)> AnswerAsync(Sim sim, string model, string prompt)
    {
        var answer = await sim.JsonAsync(Sim.Chat(model, prompt));
        var text = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        var number = text.Split("The answer is ")[1].Split('.')[0];
        return (number, sim.Server.Truth.WasCorrect(answer.GetProperty("id").GetString()!));
    }
}
