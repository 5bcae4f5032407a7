namespace Wye.Gateway;

/// <summary>This process's memory.</summary>
internal sealed class ProcessMemory : IProcessMemory
{
    /// <inheritdoc/>
    public int Collections => GC.CollectionCount(0);

    /// <inheritdoc/>
    public long HeapBytes => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;

    /// <inheritdoc/>
    public TimeSpan Collect()
    {
        SharedBuffers.Drop();
        var before = GC.GetTotalPauseDuration();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalPauseDuration() - before;
    }

    /// <inheritdoc/>
    public void LetGoOfFiles() => MappedFiles.LetGo();

    /// <inheritdoc/>
    public void TrimNativeHeap() => NativeHeap.Trim();
}
