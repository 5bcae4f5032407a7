using System.Diagnostics;

namespace Wye.Gateway.Clients;

/// <summary>The official npm clients, unchanged, against the gateway: runs the scripts of <c>test/clients</c>.</summary>
public sealed class NodeClientTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task OpenAiNpmClient_ChatsStreamsAndCallsTools()
    {
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
        start.Environment["WYE_BASE_URL"] = new Uri(gateway.Host.Address, "v1").ToString();
        start.Environment["WYE_API_KEY"] = gateway.Key;

        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        node.ExitCode.ShouldBe(0, await output + await errors);
        (await output).ShouldContain("# fail 0");
        (await output).ShouldNotContain("# pass 0");
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
