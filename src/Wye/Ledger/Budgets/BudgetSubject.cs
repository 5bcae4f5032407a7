using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>Who spends: what is known of a request before a model is chosen. Immutable.</summary>
public sealed record BudgetSubject
{
    /// <summary>The key it came with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>The route asked.</summary>
    public required RouteName Route { get; init; }

    /// <summary>Tags of the key and of the caller, together.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The user as the caller names them; null = not named.</summary>
    public string? User { get; init; }

    /// <summary>The workflow run; null = none.</summary>
    public string? Run { get; init; }

    /// <summary>Budgets of the key itself, of scope <see cref="BudgetScope.Key"/>; they hold beside the configured ones.</summary>
    public ImmutableArray<Budget> Own { get; init; } = [];
}
