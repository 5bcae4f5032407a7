using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Wye.Gateway.Faults;

namespace Wye.Gateway.Money;

/// <summary>D06, E02: a store that cannot be written hangs nobody, lets nothing through unchecked, and is used again at once.</summary>
[Collection(nameof(MoneyCollection))]
public sealed class StoreOutageTests
{
    private const int Clients = 8;

    // A lock is waited for: once long, then, while it lasts, shortly by whoever comes and by what they called. The rest is the
    // answer's own time on a busy machine.
    private static readonly TimeSpan MostWaitForALock = TimeSpan.FromSeconds(2) + (2 * TimeSpan.FromMilliseconds(250));
    private static readonly TimeSpan MostWaitForADisk = 2 * TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OwnTime = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task LockedStore_IsRefusedQuickly_AndUsedAgainWhenItIsFree()
    {
        // Longer than a request waits for a lock.
        var seconds = Sizes.Number("WYE_D06_SECONDS", 3);
        await using var world = await MoneyWorld.StartAsync("{ all: { limit: 100, window: total } }");
        var gateway = await world.AddGatewayAsync();
        await CheckAsync("locked", world, gateway, seconds, MostWaitForALock, () => Lock(world));
    }

    [Fact]
    public async Task FullDisk_IsRefusedQuickly_AndUsedAgainWhenThereIsRoom()
    {
        var folder = Directory.CreateTempSubdirectory("wye-full-").FullName;
        if (!Mount(folder))
        {
            Assert.Skip("A small file system cannot be mounted here.");
        }

        try
        {
            var seconds = Sizes.Number("WYE_D06_SECONDS", 1);
            var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            await using var world = await MoneyWorld.StartAsync("{ all: { limit: 100, window: total } }", data);
            var gateway = await world.AddGatewayAsync();
            await CheckAsync("full", world, gateway, seconds, MostWaitForADisk, () => Fill(folder));
        }
        finally
        {
            Process.Start("umount", ["-l", folder]).WaitForExit();
        }
    }

    private static async Task CheckAsync(
        string fault,
        MoneyWorld world,
        GatewayProcess gateway,
        int seconds,
        TimeSpan patience,
        Func<IDisposable> begin
    )
    {
        using var over = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(long At, double Milliseconds, HttpStatusCode Status)>();
        await AskAsync(gateway, -1, answers);
        var clients = Enumerable.Range(0, Clients).Select(i => AskOnAsync(gateway, i, answers, over.Token)).ToList();
        await DelayAsync(0.7);
        var began = TimeProvider.System.GetTimestamp();
        using (begin())
        {
            await DelayAsync(seconds);
        }

        var ended = TimeProvider.System.GetTimestamp();
        await DelayAsync(3);
        await over.CancelAsync();
        await Task.WhenAll(clients);
        var freed = await world.UntilNothingIsReservedAsync(TimeSpan.FromSeconds(10));

        var all = answers.ToList();
        var normal = all.Where(answer => answer.At < began).Select(answer => answer.Milliseconds).Max();
        var during = all.Where(answer => answer.At > began && answer.At < ended).ToList();
        var slowest = during.Select(answer => answer.Milliseconds).DefaultIfEmpty().Max();
        var healed = all.Where(answer => answer.At > ended && answer.Status == HttpStatusCode.OK)
            .Select(answer => TimeProvider.System.GetElapsedTime(ended, answer.At).TotalMilliseconds)
            .DefaultIfEmpty(double.NaN)
            .Min();
        var refused = all.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        Sizes.Record(
            "D06",
            ("fault", fault),
            ("seconds", seconds),
            ("answers", all.Count),
            ("refused", refused),
            (
                "other",
                all.Count(answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
            ),
            ("slowest_before_ms", Math.Round(normal)),
            ("slowest_during_ms", Math.Round(slowest)),
            ("healed_ms", Math.Round(healed)),
            ("billed_but_unrecorded", world.Unrecorded())
        );
        refused.ShouldBeGreaterThan(0, "the fault was not felt");
        all.ShouldAllBe(answer =>
            answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.ServiceUnavailable
        );
        healed.ShouldBeLessThan(5_000);
        slowest.ShouldBeLessThan(normal + (patience + OwnTime).TotalMilliseconds, "somebody hung");
        freed.ShouldNotBeNull();
        world.Unrecorded().ShouldBe(0);
    }

    private static IDisposable Lock(MoneyWorld world)
    {
        var connection = world.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    private static FullDisk Fill(string folder) => new(Path.Combine(folder, "filler"));

    private static bool Mount(string folder)
    {
        try
        {
            using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", "size=128m", "tmpfs", folder]);
            mount.WaitForExit();
            return mount.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task AskOnAsync(
        GatewayProcess gateway,
        int client,
        ConcurrentQueue<(long, double, HttpStatusCode)> answers,
        CancellationToken over
    )
    {
        while (!over.IsCancellationRequested)
        {
            await AskAsync(gateway, client, answers);
        }
    }

    private static async Task AskAsync(
        GatewayProcess gateway,
        int client,
        ConcurrentQueue<(long, double, HttpStatusCode)> answers
    )
    {
        var started = TimeProvider.System.GetTimestamp();
        var prompt = string.Create(CultureInfo.InvariantCulture, $"Hello {client} {answers.Count}.");
        using var ask = MoneyWorld.Ask(prompt, maxTokens: 20, stream: false);
        using var answer = await gateway.Http.SendAsync(ask);
        await answer.Content.ReadAsStringAsync();
        var now = TimeProvider.System.GetTimestamp();
        var took = TimeProvider.System.GetElapsedTime(started, now).TotalMilliseconds;
        answers.Enqueue((now, took, answer.StatusCode));
    }

    private static Task DelayAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    /// <summary>A file that takes all the room there is, until it is disposed.</summary>
    private sealed class FullDisk : IDisposable
    {
        private readonly string _path;

        public FullDisk(string path)
        {
            _path = path;
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Dispose() => File.Delete(_path);
    }
}
