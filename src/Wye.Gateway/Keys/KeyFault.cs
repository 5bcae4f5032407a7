namespace Wye.Gateway.Keys;

/// <summary>Why the key API did nothing.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people.</param>
/// <param name="Field">The field that is wrong; null = none in particular.</param>
internal sealed record KeyFault(string Code, string Message, string? Field = null);
