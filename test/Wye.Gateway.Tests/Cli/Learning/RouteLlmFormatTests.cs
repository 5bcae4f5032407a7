using System.Globalization;
using System.Text.Json;

namespace Wye.Cli.Learning;

public sealed class RouteLlmFormatTests : IDisposable
{
    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Checkout_IsMeasuredPerBenchmarkWithTheHarnessBesideTheExactCurve()
    {
        WriteCheckout(120);

        (await _run.RunAsync("eval", "--format", "routellm", "checkout", "--folds", "2", "--json")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        using JsonDocument json = JsonDocument.Parse(_run.Output);
        JsonElement[] sections = [.. json.RootElement.GetProperty("sections").EnumerateArray()];
        sections.Select(s => s.GetProperty("set").GetString()).ShouldBe(["routellm_mmlu", "routellm_gsm8k"]);
        foreach (JsonElement section in sections)
        {
            section.GetProperty("weak").GetString().ShouldBe("small-7b");
            section.GetProperty("cost_unit").GetString().ShouldBe("strong calls");
            JsonElement router = section.GetProperty("routers")[0];
            JsonElement harness = router.GetProperty("routellm_harness");
            harness.GetProperty("points").GetArrayLength().ShouldBe(11);
            harness
                .GetProperty("apgr")
                .GetDouble()
                .ShouldBe(router.GetProperty("apgr")[0].GetDouble(), tolerance: 0.08);
        }
    }

    [Fact]
    public async Task ModelsOfACheckout_AreRenamedAsThoseOfOtherSets()
    {
        WriteCheckout(60);
        File.WriteAllText(
            Path.Combine(_run.Folder, "names.csv"),
            "routellm_mmlu,small-7b,tiny\nroutellm_gsm8k,small-7b,tiny\n"
        );
        string[] command = ["eval", "--format", "routellm", "checkout", "--folds", "2", "--json"];

        (await _run.RunAsync([.. command, "--pair", "tiny,large-1", "--names", "names.csv"])).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        using JsonDocument json = JsonDocument.Parse(_run.Output);
        json.RootElement.GetProperty("sections")[0].GetProperty("weak").GetString().ShouldBe("tiny");
        _run.Error.ShouldNotContain("match");
    }

    // The sample set's questions in the checkout's form: half as subjects, half as word problems.
    private void WriteCheckout(int questions)
    {
        var scores = File.ReadLines(Path.Combine(SampleLabelled.Folder, "results.csv"))
            .Skip(1)
            .Select(l => l.Split(','))
            .ToLookup(f => f[0], f => (f[1], f[2] == "1"), StringComparer.Ordinal);
        string evals = Path.Combine(_run.Folder, "checkout", "routellm", "evals");
        Directory.CreateDirectory(Path.Combine(evals, "mmlu", "responses"));
        Directory.CreateDirectory(Path.Combine(evals, "gsm8k"));
        using var desk = new StreamWriter(Path.Combine(evals, "mmlu", "responses", "mmlu_desk.csv"));
        using var problems = new StreamWriter(Path.Combine(evals, "gsm8k", "gsm8k_responses.csv"));
        desk.WriteLine("prompt,small-7b,large-1");
        problems.WriteLine("prompt,small-7b,large-1,small-7b_response,large-1_response");
        int number = 0;
        foreach (
            string line in File.ReadLines(Path.Combine(SampleLabelled.Folder, "queries.jsonl")).Take(questions * 2)
        )
        {
            using JsonDocument query = JsonDocument.Parse(line);
            string id = query.RootElement.GetProperty("query_id").GetString()!;
            string prompt = query
                .RootElement.GetProperty("prompt")
                .GetString()!
                .Replace("\"", "\"\"", StringComparison.Ordinal);
            var of = scores[id].ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);
            string verdicts = string.Create(CultureInfo.InvariantCulture, $"{of["acorn-mini"]},{of["cedar-max"]}");
            if (number++ % 2 == 0)
                desk.WriteLine($"\"{prompt}\",{verdicts}");
            else
                problems.WriteLine($"\"{prompt}\",{verdicts},\"One, two\nthree\",4");
        }
    }
}
