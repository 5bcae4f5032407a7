using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Wye.Primitives;

namespace Wye.Ledger.Budgets;

/// <summary>The budgets in force. Immutable.</summary>
public sealed class BudgetSet
{
    // A caller names users, tags and runs: what is kept of a name is bounded.
    private const int MostSpenderCharacters = 128;

    private readonly ImmutableArray<Budget> _budgets;

    /// <summary>Takes budgets.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public BudgetSet(IEnumerable<Budget> budgets)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        _budgets = [.. budgets];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var budget in _budgets)
        {
            if (!names.Add(budget.Name))
            {
                throw new ArgumentException($"Two budgets are named '{budget.Name}'.", nameof(budgets));
            }
        }
    }

    /// <summary>No budget.</summary>
    public static BudgetSet None { get; } = new([]);

    /// <summary>All of them, in order.</summary>
    public ImmutableArray<Budget> All => _budgets;

    /// <summary>The budgets that apply to a request, whatever is called for it.</summary>
    /// <param name="subject">Who spends.</param>
    /// <param name="shares">Takes them.</param>
    public void Find(BudgetSubject subject, ICollection<BudgetShare> shares) => Find(subject, default, default, shares);

    /// <summary>The budgets that apply to one call.</summary>
    /// <param name="subject">Who spends.</param>
    /// <param name="model">The model called; null = not known yet.</param>
    /// <param name="provider">The provider called; null = not known yet.</param>
    /// <param name="shares">Takes them.</param>
    public void Find(BudgetSubject subject, ModelId? model, ProviderId? provider, ICollection<BudgetShare> shares)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(shares);
        foreach (var own in subject.Own)
        {
            shares.Add(new(own, subject.Key.Value));
        }

        foreach (var budget in _budgets)
        {
            if (budget.Scope == BudgetScope.Tag)
            {
                AddTags(budget, subject.Tags, shares);
                continue;
            }

            var spender = budget.Scope switch
            {
                BudgetScope.Global => "",
                BudgetScope.Key => subject.Key.Value,
                BudgetScope.User => subject.User,
                BudgetScope.Route => subject.Route.Value,
                BudgetScope.Model => model?.Value,
                BudgetScope.Provider => provider?.Value,
                BudgetScope.Run => subject.Run,
                _ => null,
            };
            Add(budget, spender, shares);
        }
    }

    private static void AddTags(Budget budget, ImmutableArray<string> tags, ICollection<BudgetShare> shares)
    {
        for (var i = 0; i < tags.Length; i++)
        {
            // The same tag twice is one spender.
            if (tags.AsSpan(0, i).IndexOf(tags[i]) < 0)
            {
                Add(budget, tags[i], shares);
            }
        }
    }

    private static void Add(Budget budget, string? spender, ICollection<BudgetShare> shares)
    {
        if (spender is not null && (budget.Of.IsEmpty || budget.Of.Contains(spender, StringComparer.Ordinal)))
        {
            shares.Add(new(budget, Bounded(spender)));
        }
    }

    private static string Bounded(string spender) =>
        spender.Length <= MostSpenderCharacters
            ? spender
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(spender)));
}
