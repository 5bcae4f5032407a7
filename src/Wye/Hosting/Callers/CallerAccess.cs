using Wye.Access;
using Wye.Access.Limits;
using Wye.Primitives;

namespace Wye.Hosting.Callers;

/// <summary>The key a request came with.</summary>
/// <param name="Key">The key as it was when it was proven.</param>
/// <param name="Lease">Its place among the requests of the key, held by whoever let it in; null = it is not limited.</param>
public sealed record CallerAccess(VirtualKey Key, KeyLease? Lease = null)
{
    /// <summary>Replaces the estimate of tokens by what was used.</summary>
    internal void Settle(in Usage usage) => Lease?.Correct(usage.PromptTokens + usage.OutputTokens);
}
