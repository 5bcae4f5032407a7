namespace Wye.Sqlite;

/// <summary>Where the embedded store is and how it writes.</summary>
public sealed record SqliteOptions
{
    /// <summary>The database file; its folder is made when missing. On a local disk: WAL needs shared memory.</summary>
    public required string Path { get; init; }

    /// <summary>What a committed row survives; default <see cref="SqliteDurability.Normal"/>.</summary>
    public SqliteDurability Durability { get; init; } = SqliteDurability.Normal;

    /// <summary>How long a write waits for another process's lock; default 250 ms.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromMilliseconds(250);
}
