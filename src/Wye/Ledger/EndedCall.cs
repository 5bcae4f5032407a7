using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>A call that has ended while its request goes on.</summary>
/// <param name="Number">Number within the request.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Estimated">Whether that is an estimate.</param>
public readonly record struct EndedCall(int Number, Usd Cost, bool Estimated);
