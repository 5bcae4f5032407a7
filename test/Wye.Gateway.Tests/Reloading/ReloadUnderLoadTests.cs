using System.Collections.Concurrent;
using System.Net;
using Wye.Primitives;

namespace Wye.Gateway.Reloading;

/// <summary>G02: a reload is one atomic step, and nobody notices it.</summary>
public sealed class ReloadUnderLoadTests
{
    private const int Reloads = 1_000;
    private const int Clients = 4;

    [Fact]
    public async Task AThousandReloads_FailNoCallAndMixNoVersions()
    {
        await using var world = await VersionedWorld.StartAsync();
        using var enough = new CancellationTokenSource();
        var answered = new ConcurrentBag<string>();
        var load = Enumerable
            .Range(0, Clients)
            .Select(client => LoadAsync(world, client, answered, enough.Token))
            .ToList();

        for (var i = 1; i <= Reloads; i++)
        {
            await world.WriteAsync(world.Config(i % VersionedWorld.Upstreams));
            using var response = await world.ReloadAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);

        // The watcher reloads too, whenever a slow machine leaves the file alone for a moment.
        world.Reloader.Status.Version.ShouldBeGreaterThan(Reloads);
        answered.Count.ShouldBeGreaterThan(Reloads / 2);
        var billed = Billed(world);
        var versions = new int[VersionedWorld.Upstreams];
        foreach (var id in answered)
        {
            var record = (await world.Ledger.FindAsync(new RequestId(id), CancellationToken.None))!;
            var attempt = record.Attempts.ShouldHaveSingleItem($"{id} needed a second attempt");
            attempt.Failure.ShouldBeNull(id);
            var (upstream, pico) = billed[$"{id}-{attempt.Number}"];
            versions[upstream]++;
            attempt.Deployment.Value.ShouldBe($"sim/up-{upstream}", "plan of one version, endpoint of another");
            attempt.Cost.ShouldBe(new Usd(pico), "price of one version, endpoint of another");
        }

        versions.ShouldAllBe(calls => calls > 0);
        billed.Count.ShouldBe(answered.Count);
    }

    private static async Task LoadAsync(
        VersionedWorld world,
        int client,
        ConcurrentBag<string> answered,
        CancellationToken enough
    )
    {
        for (var i = client; !enough.IsCancellationRequested; i += Clients)
        {
            using var response = await world.ChatAsync(i, stream: i % 3 == 0);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            answered.Add(response.Headers.GetValues("x-wye-request-id").Single());
        }
    }

    private static Dictionary<string, (int Upstream, long Pico)> Billed(VersionedWorld world) =>
        world
            .Simulators.SelectMany((simulator, i) => simulator.Bill.Snapshot().Select(line => (line, i)))
            .ToDictionary(pair => pair.line.RequestId, pair => (pair.i, pair.line.PicoUsd), StringComparer.Ordinal);
}
