namespace Wye.Sqlite;

/// <summary>What a committed row survives.</summary>
public enum SqliteDurability
{
    /// <summary>
    /// <c>synchronous=NORMAL</c>: every crash or kill of the process. After a power loss or a crash of the operating system
    /// the newest commits may be missing; the database is intact.
    /// </summary>
    Normal,

    /// <summary><c>synchronous=FULL</c>: also power loss, if the disk honours flushes. Each commit waits for the disk.</summary>
    Full,
}
