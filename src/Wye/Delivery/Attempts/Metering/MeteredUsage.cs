using Wye.Primitives;

namespace Wye.Delivery.Attempts.Metering;

/// <summary>Usage as it is billed.</summary>
/// <param name="Usage">Tokens.</param>
/// <param name="Estimated">Whether any of them is an estimate.</param>
internal readonly record struct MeteredUsage(Usage Usage, bool Estimated);
