using System.Diagnostics;

namespace Wye.Gateway.Clients;

/// <summary>The official npm clients and two frameworks that many use, unchanged, against upstreams of each dialect: runs the scripts of <c>test/clients</c>.</summary>
public sealed class NodeClientTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    [Theory]
    [InlineData("openai.test.mjs", BothDialectsFixture.OpenAi)]
    [InlineData("openai.test.mjs", BothDialectsFixture.Anthropic)]
    [InlineData("openai.test.mjs", BothDialectsFixture.Gemini)]
    [InlineData("anthropic.test.mjs", BothDialectsFixture.OpenAi)]
    [InlineData("anthropic.test.mjs", BothDialectsFixture.Anthropic)]
    [InlineData("anthropic.test.mjs", BothDialectsFixture.Gemini)]
    [InlineData("responses.test.mjs", BothDialectsFixture.OpenAi)]
    [InlineData("responses.test.mjs", BothDialectsFixture.Anthropic)]
    [InlineData("responses.test.mjs", BothDialectsFixture.Gemini)]
    [InlineData("frameworks.test.mjs", BothDialectsFixture.OpenAi)]
    [InlineData("frameworks.test.mjs", BothDialectsFixture.Anthropic)]
    [InlineData("frameworks.test.mjs", BothDialectsFixture.Gemini)]
    public async Task NpmClient_PassesItsScript(string script, string model)
    {
        var (calls, billed) = (gateway.Simulator.Calls.Count, gateway.Simulator.Bill.Count);
        var folder = Path.Combine(RepositoryRoot(), "test", "clients");
        Directory
            .Exists(Path.Combine(folder, "node_modules"))
            .ShouldBeTrue("run `npm ci` in test/clients first; ./test.sh does");
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--test");
        start.ArgumentList.Add("--test-reporter=tap");
        start.ArgumentList.Add(script);
        start.Environment["WYE_BASE_URL"] = new Uri(gateway.Host.Address, "v1").ToString();
        start.Environment["WYE_API_KEY"] = gateway.Key;
        start.Environment["WYE_MODEL"] = model;
        start.Environment["WYE_EMBEDDING"] = "embed";
        start.Environment["WYE_STALL"] = BothDialectsFixture.Stall;
        start.Environment["WYE_REFUSE"] = BothDialectsFixture.Refuse;

        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        node.ExitCode.ShouldBe(0, await output + await errors);
        (await output).ShouldContain("# fail 0");
        (await output).ShouldContain("refusal of the upstream");
        (await output).ShouldContain("# skipped 0");
        (await output).ShouldNotContain("# pass 0");
        gateway.ShouldHaveAskedOnly(model, calls, BothDialectsFixture.Embedding);
        await gateway.ShouldHaveAbortedOneAsync(billed, model);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Wye.slnx")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Wye.slnx not found above the tests.");
        }

        return folder;
    }
}
