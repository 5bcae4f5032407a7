namespace Wye.Gateway;

/// <summary>The process's memory as <see cref="ResidentMemory"/> sees and changes it.</summary>
internal interface IProcessMemory
{
    /// <summary>How often the runtime has collected.</summary>
    int Collections { get; }

    /// <summary>Bytes the collected heap held after the newest collection, garbage and free space included.</summary>
    long HeapBytes { get; }

    /// <summary>A collection that returns all it can; everything stands still meanwhile.</summary>
    /// <returns>How long it took.</returns>
    TimeSpan Collect();

    /// <summary>Lets go of file pages, which come back when they are read.</summary>
    void LetGoOfFiles();

    /// <summary>Returns what native code has freed.</summary>
    void TrimNativeHeap();
}
