using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>budgets</c> → whose money, how much, how long.</summary>
internal static class BudgetResolver
{
    private const decimal MostDollars = 1_000_000;

    /// <summary>What the scope may be.</summary>
    public static readonly ImmutableArray<string> Scopes =
    [
        "global",
        "key",
        "tag",
        "user",
        "route",
        "model",
        "provider",
        "run",
    ];

    /// <summary>What the window may be.</summary>
    public static readonly ImmutableArray<string> Windows = ["hour", "day", "week", "month", "total"];

    /// <summary>What the mode may be.</summary>
    public static readonly ImmutableArray<string> Modes = ["hard", "soft"];

    public static BudgetSet Resolve(ResolveScope scope, TimeZoneInfo zone, IReadOnlySet<string> routes)
    {
        var budgets = new List<Budget>();
        foreach (var config in scope.Config.Budgets)
        {
            var path = $"budgets.{config.Name}";
            if (!scope.Problems.Name(path, "budget", config.Name))
            {
                continue;
            }

            if (budgets.Exists(budget => string.Equals(budget.Name, config.Name, StringComparison.Ordinal)))
            {
                scope.Problems.Error(path, $"Two budgets are named {Quotation.Of(config.Name)}.", "Keep one of them.");
                continue;
            }

            if (Resolve(scope, path, config, zone) is { } budget)
            {
                CheckNames(scope, path, budget, routes);
                CheckPrices(scope, path, budget);
                budgets.Add(budget);
            }
        }

        return new BudgetSet(budgets);
    }

    private static Budget? Resolve(ResolveScope scope, string path, BudgetConfig config, TimeZoneInfo zone)
    {
        var problems = scope.Problems;
        var kind = Word(problems, $"{path}.scope", config.Scope, Scopes);
        var window = Word(problems, $"{path}.window", config.Window, Windows);
        var mode = Word(problems, $"{path}.mode", config.Mode, Modes);
        var own = Zone(problems, $"{path}.time_zone", config.TimeZone) ?? zone;
        if (config.Limit is not { } limit)
        {
            problems.Error(path, "The budget has no limit.", "Add limit: 50 (USD per window).");
            return null;
        }

        if (limit is < 0 or > MostDollars || decimal.Round(limit, 12) != limit)
        {
            problems.Error($"{path}.limit", "The limit is out of range.", "Use 0 to 1000000 USD.");
            return null;
        }

        return new Budget
        {
            Name = config.Name,
            Scope = kind is { } s ? (BudgetScope)s : BudgetScope.Global,
            Of = config.Of,
            Window = window is { } w ? (BudgetWindow)w : BudgetWindow.Month,
            TimeZone = own,
            Limit = Usd.FromDollars(limit),
            Hard = mode is not 1,
        };
    }

    /// <summary>The place of a word among those allowed, whose order is that of the enum; null = not written, or reported.</summary>
    private static int? Word(ProblemList problems, string path, string? word, ImmutableArray<string> among)
    {
        if (word is null)
        {
            return null;
        }

        var index = among.IndexOf(word, StringComparer.Ordinal);
        if (index >= 0)
        {
            return index;
        }

        problems.Error(
            path,
            $"{problems.Show(path, word)} is not known here.",
            problems.Suggest(word, among, $"Use one of {string.Join(", ", among)}.")
        );
        return null;
    }

    private static TimeZoneInfo? Zone(ProblemList problems, string path, string? name)
    {
        if (name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return name is null ? null : TimeZoneInfo.FindSystemTimeZoneById(name);
        }

        problems.Error(
            path,
            $"There is no time zone {problems.Show(path, name)} on this machine.",
            "Use an IANA name such as Europe/Berlin, or UTC."
        );
        return null;
    }

    private static void CheckNames(ResolveScope scope, string path, Budget budget, IReadOnlySet<string> routes)
    {
        if (budget.Scope == BudgetScope.Global && !budget.Of.IsEmpty)
        {
            scope.Problems.Error($"{path}.of", "A global budget is for everybody.", "Remove 'of', or name a scope.");
            return;
        }

        foreach (var name in budget.Of)
        {
            var known = budget.Scope switch
            {
                BudgetScope.Route => routes.Contains(name) || scope.Models.ContainsKey(name),
                BudgetScope.Model => scope.Models.ContainsKey(name),
                BudgetScope.Provider => scope.Providers.ContainsKey(name),
                _ => true,
            };
            if (!known && !scope.Refused.Contains(name))
            {
                var all = budget.Scope switch
                {
                    BudgetScope.Route => routes,
                    BudgetScope.Model => scope.Models.Keys,
                    _ => (IEnumerable<string>)scope.Providers.Keys,
                };
                scope.Problems.Error(
                    $"{path}.of",
                    $"There is no {budget.Scope.ToString().ToLowerInvariant()} {scope.Problems.Show($"{path}.of", name)}.",
                    scope.Problems.Suggest(name, all, "Name one that the file has.")
                );
            }
        }
    }

    // A06: what costs an unknown amount cannot be held within a limit, and must not count as free.
    private static void CheckPrices(ResolveScope scope, string path, Budget budget)
    {
        if (!budget.Hard)
        {
            return;
        }

        foreach (var deployment in scope.ByModel.Values.SelectMany(all => all))
        {
            if (deployment.Price is null && Concerns(budget, deployment))
            {
                scope.Problems.Error(
                    path,
                    $"The price of model {Quotation.Of(deployment.Model.Id.Value)} at provider "
                        + $"{Quotation.Of(deployment.Provider.Id.Value)} is unknown, and this budget applies to it.",
                    $"Add price: {{ input: …, output: … }} (USD per 1M tokens) or price: free to models.{deployment.Model.Id.Value}."
                );
            }
        }
    }

    private static bool Concerns(Budget budget, Deployment deployment) =>
        budget.Scope switch
        {
            BudgetScope.Model => budget.Of.IsEmpty
                || budget.Of.Contains(deployment.Model.Id.Value, StringComparer.Ordinal),
            BudgetScope.Provider => budget.Of.IsEmpty
                || budget.Of.Contains(deployment.Provider.Id.Value, StringComparer.Ordinal),
            _ => true,
        };
}
