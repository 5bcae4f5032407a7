namespace Wye.Gateway.Keys;

/// <summary>What the key API answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body; empty when <paramref name="Error"/> is set.</param>
/// <param name="Error">What is wrong; null = it was done.</param>
internal sealed record KeyAnswer(int Status, ReadOnlyMemory<byte> Json, KeyFault? Error = null);
