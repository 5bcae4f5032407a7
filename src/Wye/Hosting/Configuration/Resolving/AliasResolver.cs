using System.Collections.Frozen;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>aliases</c> → name of a model or route, however many aliases lie between.</summary>
internal static class AliasResolver
{
    public static FrozenDictionary<string, string> Resolve(ResolveScope scope, IReadOnlySet<string> routes)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alias in scope.Config.Aliases)
        {
            var path = $"aliases.{alias.Name}";
            if (!scope.Problems.Name(path, "alias", alias.Name))
            {
                continue;
            }

            if (scope.Models.ContainsKey(alias.Name) || routes.Contains(alias.Name))
            {
                scope.Problems.Error(
                    path,
                    $"{Quotation.Of(alias.Name)} is already the name of a {(routes.Contains(alias.Name) ? "route" : "model")}.",
                    "Give the alias another name."
                );
            }
            else if (!targets.TryAdd(alias.Name, alias.Target))
            {
                scope.Problems.Error(path, $"Two aliases are named {Quotation.Of(alias.Name)}.", "Keep one of them.");
            }
        }

        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in targets.Keys)
        {
            if (Follow(scope, routes, targets, name) is { } end)
            {
                resolved.Add(name, end);
            }
        }

        return resolved.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string? Follow(
        ResolveScope scope,
        IReadOnlySet<string> routes,
        Dictionary<string, string> targets,
        string name
    )
    {
        var path = $"aliases.{name}";
        var seen = new List<string> { name };
        var target = targets[name];
        while (targets.TryGetValue(target, out var next))
        {
            if (seen.Contains(target, StringComparer.Ordinal))
            {
                scope.Problems.Error(
                    path,
                    $"The alias leads in a circle: {string.Join(" → ", seen.Append(target).Take(6).Select(Quotation.Of))}.",
                    "Let one of them name a model or a route."
                );
                return null;
            }

            if (seen.Count > ConfigDefaults.MaxAliasHops)
            {
                scope.Problems.Error(
                    path,
                    "The alias leads through too many others.",
                    "Let it name the model or the route itself."
                );
                return null;
            }

            seen.Add(target);
            target = next;
        }

        if (scope.Models.ContainsKey(target) || routes.Contains(target))
        {
            return target;
        }

        if (!scope.Refused.Contains(target))
        {
            var shown = scope.Problems.Show(path, target);
            var known = scope
                .Models.Keys.Concat(routes)
                .Concat(targets.Keys.Where(other => !string.Equals(other, name, StringComparison.Ordinal)));
            var (what, fix) = ModelReferences.Unknown(scope, shown, target);
            scope.Problems.Error(
                path,
                Catalog.BuiltInCatalog.FindModel(target) is null
                    ? $"The alias leads to {shown}, which is neither a model nor a route."
                    : what,
                !scope.Problems.IsFull && Suggestion.Closest(target, known) is { } closest
                    ? $"Did you mean {Quotation.Of(closest)}?"
                    : fix
            );
        }

        return null;
    }
}
