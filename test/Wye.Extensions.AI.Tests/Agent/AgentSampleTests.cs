using Wye.Agent;

namespace Wye.Extensions.AI.Agent;

public sealed class AgentSampleTests
{
    [Fact]
    public async Task Agent_SendsEachStepToItsTier_AfterOneLineChanged()
    {
        var output = new StringWriter();

        await AgentProgram.RunAsync(plain: false, output);

        var models = Models(output);
        models.ShouldBe(["gpt-4o-mini", "gpt-4o-mini", "claude-opus-4-5", "gpt-4o", "gpt-4o-mini"]);
        output.ToString().ShouldContain("saved $0.0");
    }

    [Fact]
    public async Task Agent_SendsEveryStepToOneModel_Before()
    {
        var output = new StringWriter();

        await AgentProgram.RunAsync(plain: true, output);

        Models(output).ShouldBe(Enumerable.Repeat("claude-opus-4-5", 5));
    }

    private static IEnumerable<string> Models(StringWriter output) =>
        output
            .ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Take(5)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
