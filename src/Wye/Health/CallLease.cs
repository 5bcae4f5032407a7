namespace Wye.Health;

/// <summary>What a call holds of a deployment's load until it ends; given back once to <see cref="DeploymentLoad.Release"/>.</summary>
/// <param name="Second">Second of the monotonic clock in which it began.</param>
/// <param name="Tokens">Tokens it was expected to take.</param>
public readonly record struct CallLease(long Second, long Tokens);
