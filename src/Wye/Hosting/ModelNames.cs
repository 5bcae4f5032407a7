using Wye.Dialects;
using Wye.Routing;

namespace Wye.Hosting;

/// <summary>Every name a caller may send as <c>model</c>.</summary>
internal static class ModelNames
{
    /// <summary>Routes first, then aliases, then callable models.</summary>
    public static IEnumerable<ListedModel> Of(RoutingSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        foreach (var route in snapshot.Routes.Keys.OrderBy(route => route.Value, StringComparer.Ordinal))
        {
            yield return new ListedModel(route.Value, 0, "wye");
        }

        foreach (var alias in snapshot.Aliases.Keys.Order(StringComparer.Ordinal))
        {
            yield return new ListedModel(alias, 0, "wye");
        }

        foreach (var model in snapshot.Catalog.Models.Where(model => !snapshot.Catalog.DeploymentsOf(model.Id).IsEmpty))
        {
            yield return new ListedModel(model.Id.Value, 0, model.Maker);
        }
    }
}
