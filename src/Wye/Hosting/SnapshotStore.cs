using Wye.Hosting.Configuration.Resolving;

namespace Wye.Hosting;

/// <summary>Holds the snapshot in force; a reload swaps it whole. Thread-safe.</summary>
public sealed class SnapshotStore(WyeSnapshot first)
{
    private volatile WyeSnapshot _current = first;

    /// <summary>What is in force now; take it once per request.</summary>
    public WyeSnapshot Current => _current;

    /// <summary>Puts another snapshot in force for requests that come from now on. To reload, use <see cref="SnapshotPublisher"/>.</summary>
    public void Swap(WyeSnapshot next) => _current = next;
}
