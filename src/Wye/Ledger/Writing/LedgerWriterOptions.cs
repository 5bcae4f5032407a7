namespace Wye.Ledger.Writing;

/// <summary>Bounds of the ledger's writer.</summary>
public sealed record LedgerWriterOptions
{
    /// <summary>Records waiting at most; one more is refused at once. 1..1,000,000, default 16,384.</summary>
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>Records per transaction at most. 1..65,536, default 512.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>
    /// How long the store may take for one batch before everyone who waits is told that it failed, and newcomers are
    /// refused at once until it answers; noticed at most a quarter of it late. &gt; 0, default 5 s.
    /// </summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the writer counts as unhealthy after a failure that no success followed. ≥ 0, default 5 s.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a request that no hard budget applies to writes no intent and does not wait for its settlement; default false.
    /// After a crash what was settled within the last <see cref="Linger"/> and one commit may be missing.
    /// </summary>
    public bool Relaxed { get; init; }

    /// <summary>
    /// How long a commit that nobody waits for may be put off: of settlements in the relaxed mode, and of those that the store
    /// keeps until then. ≥ 0, default 20 ms.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between two looks after dead neighbours and what is owed. &gt; 0, default 1 s.</summary>
    public TimeSpan Upkeep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A store failure that took longer also fails those who came meanwhile, so that nobody waits for two. ≥ 0, default 100 ms.
    /// </summary>
    public TimeSpan SlowFailure { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Whether a caller that no other waits beside goes on on the writer's thread, which saves a switch; default false: on the
    /// thread pool. Only for a process in which nothing that follows a wait blocks: others' commits would wait for it.
    /// </summary>
    public bool ContinueInline { get; init; }

    internal static void Check(LedgerWriterOptions options)
    {
        Require(options.QueueCapacity is >= 1 and <= 1_000_000, "QueueCapacity must be 1..1,000,000.");
        Require(options.MaxBatch is >= 1 and <= 65_536, "MaxBatch must be 1..65,536.");
        Require(options.StallLimit > TimeSpan.Zero, "StallLimit must be longer than zero.");
        Require(options.Linger >= TimeSpan.Zero, "Linger must not be negative.");
        Require(options.Upkeep > TimeSpan.Zero, "Upkeep must be longer than zero.");
        Require(options.SlowFailure >= TimeSpan.Zero, "SlowFailure must not be negative.");
        Require(options.Recovery >= TimeSpan.Zero, "Recovery must not be negative.");

        void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentOutOfRangeException(nameof(options), message);
            }
        }
    }
}
