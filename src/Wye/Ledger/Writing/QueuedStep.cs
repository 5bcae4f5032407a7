namespace Wye.Ledger.Writing;

/// <summary>A step on its way into a batch.</summary>
/// <param name="Step">What is to be committed.</param>
/// <param name="Waiting">Who waits for it; null = nobody does.</param>
internal readonly record struct QueuedStep(LedgerStep Step, Settlement? Waiting);
