using System.Text.Json;
using Wye.Gateway;

namespace Wye.Cli;

/// <summary><c>wye keys</c> on a store, and through a running gateway.</summary>
public sealed class KeysCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task WithoutAStore_SaysHowToGetOne()
    {
        using var run = new CliRun();

        (await run.RunAsync("keys", "list")).ShouldBe(ExitCodes.Failed);

        run.Error.ShouldContain("There is no store");
        run.Error.ShouldContain("wye serve");
        Directory.Exists(Path.Combine(run.Folder, ".wye")).ShouldBeFalse();
    }

    [Fact]
    public async Task AKey_IsMadeShownChangedRotatedAndDeleted_OnTheStoreItself()
    {
        var folder = await StoreAsync();
        var made = await JsonAsync(
            "keys",
            "create",
            "--data",
            folder,
            "--name",
            "ci",
            "--route",
            "auto",
            "--rpm",
            "60",
            "--budget",
            "50/month",
            "--expires",
            "90d",
            "--tag",
            "a",
            "--meta",
            "owner=alice"
        );
        var id = made.GetProperty("id").GetString()!;
        made.GetProperty("key").GetString()!.ShouldStartWith("sk-wye-" + id);
        made.GetProperty("created_by").GetString().ShouldBe("cli");
        made.GetProperty("budgets")[0].GetProperty("per").GetString().ShouldBe("month");

        var changed = await JsonAsync(
            "keys",
            "update",
            id,
            "--data",
            folder,
            "--rpm",
            "none",
            "--route",
            "none",
            "--concurrent",
            "3"
        );
        changed.GetProperty("rpm").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("routes").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("max_concurrent").GetInt32().ShouldBe(3);
        changed.GetProperty("name").GetString().ShouldBe("ci");
        (await JsonAsync("keys", "block", id, "--data", folder)).GetProperty("state").GetString().ShouldBe("blocked");
        (await JsonAsync("keys", "unblock", id, "--data", folder)).GetProperty("state").GetString().ShouldBe("active");
        (await JsonAsync("keys", "rotate", id, "--data", folder, "--overlap", "1h"))
            .GetProperty("key")
            .GetString()!
            .ShouldStartWith("sk-wye-" + id);
        (await JsonAsync("keys", "list", "--data", folder)).GetProperty("keys").GetArrayLength().ShouldBe(2);
        await JsonAsync("keys", "delete", id, "--data", folder);
        (await JsonAsync("keys", "list", "--data", folder)).GetProperty("keys").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Tables_ShowEverythingButTheSecret()
    {
        var folder = await StoreAsync();
        using var create = new CliRun();
        (await create.RunAsync("keys", "create", "--data", folder, "--name", "nightly", "--model", "gpt*")).ShouldBe(0);
        var text = create.Output.Split('\n')[0].Trim();
        text.ShouldStartWith("sk-wye-");

        using var list = new CliRun();
        (await list.RunAsync("keys", "list", "--data", folder)).ShouldBe(0);

        list.Output.ShouldContain("nightly");
        list.Output.ShouldContain("gpt*");
        list.Output.ShouldNotContain(text[^43..]);
        list.Output.ShouldContain("2 keys");
    }

    [Fact]
    public async Task ThroughAGateway_ItDoesTheSame()
    {
        var made = await JsonAsync(
            "keys",
            "create",
            "--url",
            gateway.Host.Address.ToString(),
            "--key",
            gateway.Key,
            "--name",
            "far"
        );
        var id = made.GetProperty("id").GetString()!;

        (await JsonAsync("keys", "show", id, "--url", gateway.Host.Address.ToString(), "--key", gateway.Key))
            .GetProperty("name")
            .GetString()
            .ShouldBe("far");
        using var refused = new CliRun();
        (
            await refused.RunAsync(
                "keys",
                "list",
                "--url",
                gateway.Host.Address.ToString(),
                "--key",
                made.GetProperty("key").GetString()!
            )
        ).ShouldBe(ExitCodes.Failed);
        refused.Error.ShouldContain("This key's role (data_plane) may not call this endpoint");
    }

    [Theory]
    [InlineData("--rpm", "many", "--rpm takes")]
    [InlineData("--expires", "soon", "--expires takes")]
    [InlineData("--budget", "50", "--budget takes")]
    [InlineData(
        "--budget",
        "50/fortnight",
        "--budget takes an amount in USD and a period (hour, day, week, month, total)"
    )]
    [InlineData("--soft-budget", "much/month", "--soft-budget takes")]
    [InlineData("--meta", "owner", "--meta takes")]
    public async Task AnOptionThatCannotBeRead_IsNamed(string option, string value, string expected)
    {
        using var run = new CliRun();

        (await run.RunAsync("keys", "create", option, value)).ShouldBe(ExitCodes.Usage);

        run.Error.ShouldContain(expected);
    }

    private async Task<string> StoreAsync()
    {
        var folder = Directory.CreateTempSubdirectory("wye-test-").FullName;
        await using var host = await Wye.Gateway.Access.PatientHost.StartAsync(gateway, folder: folder);
        return folder;
    }

    private static async Task<JsonElement> JsonAsync(params string[] args)
    {
        using var run = new CliRun();
        (await run.RunAsync([.. args, "--json"])).ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }
}
