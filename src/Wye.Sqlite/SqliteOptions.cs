namespace Wye.Sqlite;

/// <summary>Where the embedded store is and how it writes.</summary>
public sealed record SqliteOptions
{
    /// <summary>The database file; its folder is made when missing. On a local disk: WAL needs shared memory.</summary>
    public required string Path { get; init; }

    /// <summary>What a committed row survives; default <see cref="SqliteDurability.Normal"/>.</summary>
    public SqliteDurability Durability { get; init; } = SqliteDurability.Normal;

    /// <summary>
    /// How long a write waits for another process's lock; default 2 s: a neighbour that the system does not let run is no reason
    /// to refuse a call. A full, read-only or damaged file is never waited for.
    /// </summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same for the ledger's writer once a whole <see cref="BusyTimeout"/> was waited in vain, until a write succeeds: who
    /// comes while the file stays locked is told soon. Default 250 ms, never longer than <see cref="BusyTimeout"/>.
    /// </summary>
    public TimeSpan LockedTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Days for which requests and calls are kept row by row; older ones stay as sums per day, for reports. At least
    /// <see cref="LeastRetentionDays"/>; null (default) = for ever.
    /// </summary>
    public int? RetentionDays { get; init; }

    /// <summary>
    /// Whether a file that cannot be written, or a folder in which none can be made, is refused when it is opened; default false:
    /// who only reads may read what is read-only. A full disk is not refused for it: that passes.
    /// </summary>
    public bool MustBeWritable { get; init; }

    /// <summary>Longer than any budget's window that ends: nothing is deleted within an open one.</summary>
    public const int LeastRetentionDays = 32;
}
