using System.Diagnostics.CodeAnalysis;

namespace Wye.Learning.Numerics;

/// <summary>Gives back what a finished fold has left behind.</summary>
internal static class SpentRows
{
    /// <summary>Collects at once.</summary>
    /// <remarks>
    /// A fold's copies of sparse rows are hundreds of megabytes that live for seconds; left to itself the collector lets
    /// those of several folds pile up.
    /// </remarks>
    [SuppressMessage("Major Code Smell", "S1215", Justification = "Halves the peak of training; five times per group.")]
    public static void GiveBack() => GC.Collect();
}
