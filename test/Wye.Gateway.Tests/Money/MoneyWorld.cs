using System.Text;
using Microsoft.Data.Sqlite;
using Wye.Simulator;
using Wye.Sqlite;

namespace Wye.Gateway.Money;

/// <summary>A simulator that bills, a store file that remembers every balance it ever had, and gateways that share it.</summary>
internal sealed class MoneyWorld : IAsyncDisposable
{
    private const string Watch = """
        CREATE TABLE IF NOT EXISTS history (
          seq INTEGER PRIMARY KEY, account INTEGER NOT NULL, settled INTEGER NOT NULL, reserved INTEGER NOT NULL);
        CREATE TRIGGER IF NOT EXISTS watch_new AFTER INSERT ON accounts BEGIN
          INSERT INTO history (account, settled, reserved) VALUES (new.seq, new.settled_pusd, new.reserved_pusd); END;
        CREATE TRIGGER IF NOT EXISTS watch_change AFTER UPDATE ON accounts BEGIN
          INSERT INTO history (account, settled, reserved) VALUES (new.seq, new.settled_pusd, new.reserved_pusd); END;
        """;

    private readonly List<GatewayProcess> _processes = [];
    private readonly string _config;
    private string? _key;

    private MoneyWorld(string folder, SimulatorServer simulator, string config)
    {
        Folder = folder;
        Simulator = simulator;
        _config = config;
    }

    public string Folder { get; }

    public SimulatorServer Simulator { get; }

    public string Database => Path.Combine(Folder, "wye.db");

    /// <param name="budgets">The YAML of <c>budgets</c>, one line; null = none.</param>
    /// <param name="folder">The data folder; null = a new one.</param>
    /// <param name="more">More of the configuration file.</param>
    public static async Task<MoneyWorld> StartAsync(string? budgets, string? folder = null, string more = "")
    {
        folder ??= Directory.CreateTempSubdirectory("wye-money-").FullName;
        var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        var config = Path.Combine(folder, "wye.yaml");
        var text = $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator.Address}}v1", key: sk-simulated }
            models:
              gpt-4o-mini: { retires_on: never, deployments: [{ provider: sim }] }
            routes:
              auto: { policies: [static], max_failure_attempts: 1 }
            """;
        text = budgets is null ? text : $"{text}\nbudgets: {budgets}";
        await File.WriteAllTextAsync(config, $"{text}\n{more}\n");
        var world = new MoneyWorld(folder, simulator, config);
        await SqliteLedgerStore.Open(new SqliteOptions { Path = world.Database }).DisposeAsync();
        world.Execute(Watch);
        return world;
    }

    /// <summary>One more gateway on the same store.</summary>
    public async Task<GatewayProcess> AddGatewayAsync()
    {
        var process = await GatewayProcess.StartAsync(_config, Folder, _key);
        _key = process.Key;
        _processes.Add(process);
        return process;
    }

    /// <summary>Asks for an answer of at most that many tokens.</summary>
    public static HttpRequestMessage Ask(string prompt, int maxTokens, bool stream) =>
        new(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(
                $$"""{"model":"auto","max_tokens":{{maxTokens}},"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{prompt}}"}]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };

    /// <summary>Every row of a query, as numbers and texts.</summary>
    public List<object[]> Query(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>One number.</summary>
    public long Number(string sql) =>
        Convert.ToInt64(Query(sql)[0][0], System.Globalization.CultureInfo.InvariantCulture);

    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Kills a gateway, starts the next, and waits until that has settled what the killed one left.</summary>
    public async Task<GatewayProcess> ReplaceAsync(GatewayProcess gateway, Task callers)
    {
        await gateway.KillAsync();
        await callers;
        var dead = Query("SELECT id FROM instances").Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);
        var next = await AddGatewayAsync();
        var started = TimeProvider.System.GetTimestamp();
        while (Query("SELECT id FROM instances").Any(row => dead.Contains((string)row[0])))
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return next;
    }

    /// <summary>Waits until nothing is held any more; null = it did not happen within the limit.</summary>
    public async Task<TimeSpan?> UntilNothingIsReservedAsync(TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Number("SELECT coalesce(sum(reserved_pusd), 0) FROM accounts") != 0)
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Billed calls that have no row in the ledger.</summary>
    public int Unrecorded()
    {
        var rows = Query("SELECT r.id || '-' || a.number FROM calls a JOIN requests r ON r.seq = a.request")
            .Select(row => (string)row[0])
            .ToHashSet(StringComparer.Ordinal);
        return Simulator.Bill.Snapshot().Count(line => !rows.Contains(line.RequestId));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }
}
