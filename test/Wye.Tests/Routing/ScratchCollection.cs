namespace Wye.Routing;

/// <summary>
/// Checks of memory run alone: tests beside them could hold all scratch of the process, and new scratch is large; and the
/// process's heap is theirs as well.
/// </summary>
[CollectionDefinition(nameof(ScratchCollection), DisableParallelization = true)]
public sealed class ScratchCollection;
