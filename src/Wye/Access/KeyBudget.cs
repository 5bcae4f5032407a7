using Wye.Primitives;

namespace Wye.Access;

/// <summary>What a key may spend at most in each period.</summary>
/// <param name="Limit">More than nothing.</param>
/// <param name="Per">After which time it begins anew.</param>
/// <param name="Hard">Whether requests are refused when it is spent; false = it only steers routing.</param>
public sealed record KeyBudget(Usd Limit, KeyBudgetPeriod Per, bool Hard = true);
