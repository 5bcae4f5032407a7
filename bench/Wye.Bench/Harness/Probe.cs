using System.Diagnostics.CodeAnalysis;

namespace Wye.Bench.Harness;

/// <summary>Times an operation and counts what it allocates, on this thread. Small, so that it needs no package.</summary>
internal sealed class Probe(TimeProvider time)
{
    // A batch is long enough that reading the clock (about 30 ns) does not show.
    private const int Batch = 16;

    /// <summary>Warms up, then measures batches; a figure is per operation.</summary>
    /// <param name="operation">What is measured; gets the running number of the call.</param>
    /// <param name="warmup">Calls before, so that the tiered JIT has settled.</param>
    /// <param name="batches">Batches measured.</param>
    public ProbeResult Measure(Action<int> operation, int warmup = 60_000, int batches = 4_000)
    {
        for (var i = 0; i < warmup; i++)
        {
            operation(i);
        }

        Settle();
        var micros = new double[batches];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < batches; batch++)
        {
            var start = time.GetTimestamp();
            for (var i = 0; i < Batch; i++)
            {
                operation((batch * Batch) + i);
            }

            micros[batch] = time.GetElapsedTime(start).TotalMicroseconds / Batch;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(micros);
        return new ProbeResult(
            micros[batches / 2],
            micros[(int)(batches * 0.99)],
            (double)allocated / ((long)batches * Batch)
        );
    }

    [SuppressMessage("Major Code Smell", "S1215", Justification = "A bench starts from a clean heap.")]
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}

/// <summary>What was measured.</summary>
/// <param name="P50Micros">Median, µs per operation.</param>
/// <param name="P99Micros">99th percentile over batches, µs per operation.</param>
/// <param name="Bytes">Allocated bytes per operation, mean.</param>
internal readonly record struct ProbeResult(double P50Micros, double P99Micros, double Bytes);
