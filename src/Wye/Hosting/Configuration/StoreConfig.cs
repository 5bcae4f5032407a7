namespace Wye.Hosting.Configuration;

/// <summary>The ledger store as written under <c>store</c>.</summary>
public sealed record StoreConfig
{
    /// <summary>File of the embedded store; null = the host's data folder.</summary>
    public string? Path { get; init; }

    /// <summary><c>durable</c> (null) or <c>relaxed</c>: requests without a hard budget do not wait for the ledger.</summary>
    public string? Ledger { get; init; }

    /// <summary>Days for which requests are kept row by row, at least 32; null = for ever.</summary>
    public int? Retention { get; init; }
}
