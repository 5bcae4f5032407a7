namespace Wye.Routing;

/// <summary>Checks of what a decision allocates run alone: tests beside them could hold all scratch of the process, and new scratch is large.</summary>
[CollectionDefinition(nameof(ScratchCollection), DisableParallelization = true)]
public sealed class ScratchCollection;
