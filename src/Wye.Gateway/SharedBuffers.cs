using System.Buffers;

namespace Wye.Gateway;

/// <summary>
/// Buffers that the runtime's shared pool keeps for the next caller: of each size as many as ever were in use at once. The pool by
/// itself gives back one per size, core and full collection.
/// </summary>
internal static class SharedBuffers
{
    private const int Smallest = 1 << 10;
    private const int Largest = 1 << 20;

    // More than the pool holds of a size on any machine: callers may put back what this takes away.
    private const int Most = 1 << 14;

    /// <summary>
    /// Takes away what the pool holds of 1 KB to 1 MB, so that the next collection frees it. What callers hold, and a thread's newest
    /// buffer of each size, stays. Who comes next has his buffers made anew.
    /// </summary>
    /// <returns>Bytes taken away.</returns>
    public static long Drop()
    {
        var dropped = 0L;
        for (var size = Smallest; size <= Largest; size *= 2)
        {
            for (var one = 0; one < Most && TakesKept(size); one++)
            {
                dropped += size;
            }
        }

        return dropped;
    }

    /// <summary>Whether the pool had a buffer, which is gone from it now, or had to make one.</summary>
    private static bool TakesKept(int size)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ArrayPool<byte>.Shared.Rent(size);
        return GC.GetAllocatedBytesForCurrentThread() - before < size;
    }
}
