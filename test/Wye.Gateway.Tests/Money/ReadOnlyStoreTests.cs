using System.Diagnostics;

namespace Wye.Gateway.Money;

/// <summary>D05: a gateway whose store cannot be written does not start, and says which file it is and what to do.</summary>
[Collection(nameof(MoneyCollection))]
public sealed class ReadOnlyStoreTests : IAsyncLifetime
{
    private const string Config = """
        providers: { nobody: { dialect: openai, base_url: "http://127.0.0.1:9/v1", key: sk-none } }
        models: { gpt-4o-mini: { retires_on: never, deployments: [{ provider: nobody }] } }
        """;
    private const int CannotMount = 77;

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-readonly-").FullName;
    private GatewayHost? _writer;

    private string Database => Path.Combine(_folder, "wye.db");

    // It keeps running: with its -wal and -shm files at hand SQLite opens a database that it cannot write, for reading.
    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "wye.yaml"), Config);
        _writer = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = Config,
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _writer!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ReadOnlyFile_IsRefusedAtTheStart() =>
        (await ServeAsync(readOnly: Database)).ShouldBe(
            $"wye: '{Database}' is read-only. Give this user the right to write the file and its folder."
        );

    [Fact]
    public async Task ReadOnlyDisk_IsRefusedAtTheStart()
    {
        var message = await ServeAsync(readOnly: _folder);

        message.ShouldStartWith($"wye: '{Database}' cannot be used: no file can be made beside it (");
        message.ShouldEndWith("). Give this user the right to write its folder, on a disk that is not read-only.");
    }

    /// <summary>The last line of a second gateway, which sees a file or folder as on a read-only disk; nobody else does.</summary>
    private async Task<string> ServeAsync(string readOnly)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Mounts of one process are Linux's.");
        var start = new ProcessStartInfo("unshare")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var word in (string[])
                [
                    // Who is not root may mount as the root of a name space of users of his own.
                    Environment.IsPrivilegedProcess
                        ? "-m"
                        : "-rm",
                    "sh",
                    "-c",
                    $"mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" || exit {CannotMount}; exec \"$@\"",
                    readOnly,
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "Wye.Cli.dll"),
                    "serve",
                    "--config",
                    Path.Combine(_folder, "wye.yaml"),
                    "--data",
                    _folder,
                    "--listen",
                    "http://127.0.0.1:0",
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        try
        {
            var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBeNull(
                "it serves"
            );
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var errors = await said;
            Assert.SkipWhen(
                process.ExitCode == CannotMount || errors.StartsWith("unshare: ", StringComparison.Ordinal),
                "Nothing can be mounted here."
            );
            process.ExitCode.ShouldBe(1);
            return errors.TrimEnd().Split('\n')[^1];
        }
        finally
        {
            process.Kill();
        }
    }
}
