using Wye.Testing;

namespace Wye.Gateway.Reloading;

/// <summary>When the watched file is reloaded; the gateway's own watcher stands still, for its clock does.</summary>
public sealed class ConfigWatcherTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task WhatIsWrittenBesideTheFileAllTheTime_DoesNotPutAReloadOff()
    {
        await using var world = await VersionedWorld.StartAsync(time: new ManualTime());
        using var watcher = Watch(world);
        await world.WriteAsync(world.Config(2));

        for (var i = 0; i < 10; i++)
        {
            watcher.Arm();
            _time.Advance(ConfigWatcher.Quiet / 2);
        }

        await watcher.Look;
        world.Reloader.Status.Version.ShouldBe(2);
    }

    [Fact]
    public async Task AFileThatIsStillWritten_IsReloadedOnceItIsLeftAlone()
    {
        await using var world = await VersionedWorld.StartAsync(time: new ManualTime());
        using var watcher = Watch(world);
        for (var i = 0; i < 5; i++)
        {
            await world.WriteAsync(world.Config(1, $"# still being written, {i}"));
            watcher.Arm();
            _time.Advance(ConfigWatcher.Quiet);
            await watcher.Look;
            world.Reloader.Status.Version.ShouldBe(1);
        }

        _time.Advance(ConfigWatcher.Quiet);
        await watcher.Look;
        world.Reloader.Status.Version.ShouldBe(2);

        watcher.Arm();
        _time.Advance(ConfigWatcher.Quiet * 3);
        await watcher.Look;
        world.Reloader.Status.Version.ShouldBe(2, "the same content is no change");
    }

    private ConfigWatcher Watch(VersionedWorld world) =>
        new(world.ConfigPath, ConfigWatcher.Fingerprint(world.ConfigPath), world.Reloader, _time, notices: null);
}
