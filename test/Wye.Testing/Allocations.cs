namespace Wye.Testing;

/// <summary>What code allocates once it is warm.</summary>
public static class Allocations
{
    private const int Rounds = 20;

    /// <summary>
    /// The least that <paramref name="work"/> allocated on this thread in one of some rounds, bytes. The runtime allocates too, for
    /// instance while it compiles a loop again, at a moment that a test cannot choose; what the code itself needs it needs each time.
    /// </summary>
    public static long Least(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
