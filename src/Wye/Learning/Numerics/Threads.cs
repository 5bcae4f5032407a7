namespace Wye.Learning.Numerics;

/// <summary>How many threads training may use.</summary>
internal static class Threads
{
    /// <summary>At most two: training shares its machine with serving.</summary>
    public static ParallelOptions Options { get; } =
        new() { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) };
}
