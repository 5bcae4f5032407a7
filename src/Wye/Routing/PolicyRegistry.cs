using System.Collections.Frozen;

namespace Wye.Routing;

/// <summary>Every policy by its name; built once at start.</summary>
public sealed class PolicyRegistry
{
    private readonly FrozenDictionary<string, ISelectionPolicy> _selection;
    private readonly FrozenDictionary<string, IBalancingPolicy> _balancing;

    /// <summary>Indexes the policies.</summary>
    /// <exception cref="ArgumentException">Two policies of one sort have the same name.</exception>
    public PolicyRegistry(IEnumerable<ISelectionPolicy> selection, IEnumerable<IBalancingPolicy> balancing)
    {
        _selection = Index(selection, policy => policy.Name, "selection");
        _balancing = Index(balancing, policy => policy.Name, "balancing");
    }

    /// <summary>Names of all selection policies, sorted.</summary>
    public IEnumerable<string> SelectionNames => _selection.Keys.Order(StringComparer.Ordinal);

    /// <summary>Names of all balancing policies, sorted.</summary>
    public IEnumerable<string> BalancingNames => _balancing.Keys.Order(StringComparer.Ordinal);

    /// <summary>The selection policy of that name; null = there is none.</summary>
    public ISelectionPolicy? FindSelection(string name) => _selection.GetValueOrDefault(name);

    /// <summary>The balancing policy of that name; null = there is none.</summary>
    public IBalancingPolicy? FindBalancing(string name) => _balancing.GetValueOrDefault(name);

    private static FrozenDictionary<string, T> Index<T>(IEnumerable<T> policies, Func<T, string> name, string sort)
    {
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            if (!byName.TryAdd(name(policy), policy))
            {
                throw new ArgumentException(
                    $"Two {sort} policies are named '{name(policy)}'. Give one of them another name.",
                    nameof(policies)
                );
            }
        }

        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
