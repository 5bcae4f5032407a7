using System.Diagnostics;

namespace Wye.Gateway.Faults;

/// <summary>Runs a script of <c>test/clients</c> with the official npm clients against a world.</summary>
internal static class NodeScript
{
    public static async Task<string> RunAsync(
        string script,
        FaultWorld world,
        params (string Name, string Value)[] environment
    )
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Wye.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Wye.slnx not found.");
        }

        folder = Path.Combine(folder, "test", "clients");
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
        start.ArgumentList.Add(script);
        start.Environment["WYE_BASE_URL"] = new Uri(world.Host.Address, "v1").ToString();
        start.Environment["WYE_API_KEY"] = world.Key;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await output + await errors);
        return await output;
    }
}
