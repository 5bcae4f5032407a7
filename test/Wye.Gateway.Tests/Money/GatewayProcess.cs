using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Wye.Gateway.Money;

/// <summary>A gateway in a process of its own, as a user starts it; killed without warning when it is disposed.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);

    private readonly Process _process;

    private GatewayProcess(Process process, Uri address, string key, string greeting)
    {
        _process = process;
        Greeting = greeting;
        Key = key;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    /// <summary>What it said when it started.</summary>
    public string Greeting { get; }

    /// <summary>The admin key: its own of the first start, else the one it was started with.</summary>
    public string Key { get; }

    /// <summary>Starts and waits until it serves.</summary>
    /// <param name="config">Its configuration file.</param>
    /// <param name="data">Its data folder, which several may share.</param>
    /// <param name="key">The admin key of an earlier start; null = this is the first one.</param>
    public static async Task<GatewayProcess> StartAsync(string config, string data, string? key)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Wye.Cli.dll"));
        foreach (var word in (string[])["serve", "--config", config, "--data", data, "--listen", "http://127.0.0.1:0"])
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Uri? address = null;
        var greeting = new StringBuilder();
        using var limit = new CancellationTokenSource(StartLimit);
        // One that does not start in time must not stay.
        await using var late = limit.Token.Register(process.Kill);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            greeting.AppendLine(line);
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["base", "URL", var url])
            {
                address = new Uri(new Uri(url), "/");
            }
            else if (words is ["admin", "key", var made])
            {
                key = made;
            }
            else if (words is ["Ctrl-C", ..])
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new GatewayProcess(process, address!, key!, greeting.ToString());
            }
        }

        throw new InvalidOperationException($"The gateway did not start: {await errors}");
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as an orchestrator does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        _process.Dispose();
    }
}
