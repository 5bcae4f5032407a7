using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Gateway.Metrics;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing;
using Wye.Yaml;

namespace Wye.Gateway.Reloading;

/// <summary>G01: what is wrong with a file is said, and the last good one stays in force.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task SixtyBrokenFiles_KeepTheLastGoodOneServing()
    {
        await using var world = await VersionedWorld.StartAsync();
        var broken = BrokenFiles().ToList();
        broken.Count.ShouldBeGreaterThanOrEqualTo(60);

        for (var i = 0; i < broken.Count; i++)
        {
            await world.WriteAsync(broken[i]);
            using var refused = await world.ReloadAsync();
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, broken[i]);
            using var answer = await world.ChatAsync(i, stream: i % 2 == 0);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, broken[i]);
        }

        var status = world.Reloader.Status;
        status.Version.ShouldBe(1);
        status.Result.ShouldBe(ReloadResult.Rejected);
        status.Problems.ShouldNotBeEmpty();
        var page = world.Host.Services.GetRequiredService<PrometheusPage>().Render();
        page.ShouldContain("wye_config_reloads_total{result=\"rejected\"}");
        page.ShouldContain("wye_config_version 1");
    }

    [Fact]
    public async Task Status_NamesVersionAndProblems()
    {
        await using var world = await VersionedWorld.StartAsync();
        (await StatusAsync(world)).GetProperty("last").GetProperty("result").GetString().ShouldBe("started");

        await world.WriteAsync(world.Config(1));
        (await world.ReloadAsync()).Dispose();
        await world.WriteAsync(world.Config(1, "routes: { auto: { polices: [static] } }"));
        (await world.ReloadAsync()).Dispose();

        var status = await StatusAsync(world);
        status.GetProperty("version").GetInt64().ShouldBe(2);
        status.GetProperty("last").GetProperty("result").GetString().ShouldBe("rejected");
        var problem = status.GetProperty("last").GetProperty("problems").EnumerateArray().Single(IsError);
        problem.GetProperty("path").GetString().ShouldBe("routes.auto.polices");
        problem.GetProperty("line").GetInt32().ShouldBe(10);
        problem.GetProperty("fix").GetString().ShouldBe("Did you mean 'policies'?");

        static bool IsError(JsonElement problem) => problem.GetProperty("severity").GetString() is "error";
    }

    [Fact]
    public async Task ChangeThatNeedsARestart_IsAppliedButForIt()
    {
        await using var world = await VersionedWorld.StartAsync();
        await world.WriteAsync(
            world.Config(1, "store: { path: elsewhere.db }\nserver: { drain_limit: 5s, body_limit: 2KiB }")
        );

        using var response = await world.ReloadAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        world
            .Reloader.Status.Problems.Where(problem => problem.What.Contains("restart", StringComparison.Ordinal))
            .Select(problem => problem.Path)
            .ShouldBe(["server.drain_limit", "store.path"]);
        using var tooLarge = await world.Http.PostAsync(
            "v1/chat/completions",
            new StringContent(new string(' ', 3_000))
        );
        tooLarge.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, "the body limit needs no restart");
    }

    [Fact]
    public async Task WatchedFile_IsReloadedWithoutBeingAskedTo()
    {
        using var notices = new AwaitedNotices("version 2 is in force");
        await using var world = await VersionedWorld.StartAsync(notices);

        await world.WriteAsync(world.Config(2));
        await notices.Seen;

        world.Reloader.Status.Version.ShouldBe(2);
        using var answer = await world.ChatAsync(1, stream: false);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("[simulated up-2]");
    }

    [Fact]
    public async Task MendedKey_DoesNotWaitOutTheCooldownOfTheWrongOne()
    {
        await using var world = await VersionedWorld.StartAsync();
        await world.WriteAsync(world.Config(0).Replace("key-0", "key-wrong", StringComparison.Ordinal));
        (await world.ReloadAsync()).Dispose();
        using (var refused = await world.ChatAsync(1, stream: false))
        {
            refused.IsSuccessStatusCode.ShouldBeFalse();
        }

        var health = world.Host.Services.GetRequiredService<HealthRegistry>();
        health.Of(new DeploymentId("sim/up-0")).IsAvailable.ShouldBeFalse();

        await world.WriteAsync(world.Config(0));
        (await world.ReloadAsync()).Dispose();

        health.Of(new DeploymentId("sim/up-0")).IsAvailable.ShouldBeTrue();
        using var answer = await world.ChatAsync(2, stream: false);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<JsonElement> StatusAsync(VersionedWorld world)
    {
        using var json = JsonDocument.Parse(await world.Http.GetStringAsync("admin/config"));
        return json.RootElement.Clone();
    }

    /// <summary>The files that the configuration tests expect messages for, as far as they are errors here.</summary>
    private static IEnumerable<string> BrokenFiles()
    {
        var registry = new PolicyRegistry(BuiltInPolicies.Selection, BuiltInPolicies.Balancing);
        var sources = new ConfigSources(_ => null, _ => null);
        foreach (var file in Directory.GetFiles(Path.Combine(Root(), "test", "Wye.Tests", "Yaml", "Broken"), "*.txt"))
        {
            foreach (var section in ("\n" + File.ReadAllText(file)).Split("\n=== ").Skip(1))
            {
                var yaml = section[(section.IndexOf('\n') + 1)..].Split("--->\n")[0];
                if (YamlConfigLoader.Load(yaml, "wye.yaml", sources, registry).Snapshot is null)
                {
                    yield return yaml;
                }
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Wye.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private sealed class AwaitedNotices(string awaited) : StringWriter
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public override void WriteLine(string? value)
        {
            if (value?.Contains(awaited, StringComparison.Ordinal) == true)
            {
                _seen.TrySetResult();
            }
        }
    }
}
