using System.Collections.Immutable;
using Wye.Chat;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Routing;

namespace Wye.Hosting.Callers;

/// <summary>Who spends what a request costs.</summary>
internal static class Spenders
{
    public static BudgetSubject Of(ChatRequest request, KeyId key, RoutingSnapshot routing, CallerAccess? access) =>
        new()
        {
            Key = key,
            Route = RouteOf(request.RequestedModel, routing),
            Tags = Together(request.Hints.Tags, access),
            User = request.User,
            Run = request.Hints.Run,
            Own = access is null ? [] : KeyBudgets.Of(access.Key.Rules),
        };

    // As routing will match it: a route, an alias of one, else whoever names a model.
    private static RouteName RouteOf(string name, RoutingSnapshot routing)
    {
        var asked = new RouteName(name);
        return routing.Routes.ContainsKey(asked) ? asked
            : routing.Aliases.TryGetValue(name, out var target) && routing.Routes.ContainsKey(new(target)) ? new(target)
            : routing.Explicit.Name;
    }

    private static ImmutableArray<string> Together(ImmutableArray<string> tags, CallerAccess? access)
    {
        var own = access?.Key.Rules.Tags ?? [];
        return tags.IsDefaultOrEmpty ? own
            : own.IsEmpty ? tags
            : [.. own, .. tags];
    }
}
