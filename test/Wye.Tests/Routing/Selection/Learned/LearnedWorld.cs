using Wye.Catalog;
using Wye.Chat;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Selection.Learned;

/// <summary>A route that asks <c>learned</c>, over the usual models and estimators made by hand.</summary>
internal static class LearnedWorld
{
    /// <summary>Cheap and weak to dear and strong, with own heads for all six usual models.</summary>
    public static FakeQuality Usual { get; } =
        new(("mini", 0.70f), ("haiku", 0.75f), ("gpt", 0.84f), ("sonnet", 0.88f), ("opus", 0.93f), ("o1", 0.95f));

    public static ServedRouter Router(
        FakeQuality? quality = null,
        IWinRateEstimator? pair = null,
        double? threshold = null
    ) =>
        new()
        {
            Name = "hand-made",
            Champion = true,
            Threshold = threshold,
            Quality = quality ?? Usual,
            Lengths = quality ?? Usual,
            Pairs = pair is null ? [] : [pair],
        };

    public static RoutingSnapshot Snapshot(
        LearnedSettings? settings = null,
        ServedRouter? router = null,
        Func<RouteModel, RouteModel>? route = null,
        IReadOnlyList<Model>? models = null,
        string? refused = null
    ) =>
        A.Pool(
            models ?? A.UsualModels(),
            one =>
                (route ?? (same => same))(
                    one with
                    {
                        Policies = [new LearnedPolicy(), new HeuristicPolicy()],
                        Learned = settings ?? LearnedSettings.Default,
                    }
                ),
            change: snapshot => With(snapshot, router ?? Router(), refused)
        );

    public static RoutingSnapshot With(
        RoutingSnapshot snapshot,
        ServedRouter router,
        string? refused = null,
        LiveOutcomes? outcomes = null
    ) =>
        snapshot with
        {
            Learned = new LearnedRouting(
                ServedPool.Bind(router, snapshot.Catalog, new Dictionary<string, string>(StringComparer.Ordinal)),
                refused
            )
            {
                Routes = [.. snapshot.Routes.Keys],
            }.With(outcomes ?? new LiveOutcomes()),
        };

    public static (string Model, string Why) Choice(
        RoutingSnapshot snapshot,
        CallerHints? hints = null,
        string text = "hi"
    )
    {
        var plan = new RoutingWorld(snapshot).Plan(A.Asked(text, hints: hints)).Plan.ShouldNotBeNull();
        return (plan.Nodes[0].Model.Id.Value, plan.Why);
    }

    public static DecisionTrace Trace(RoutingSnapshot snapshot, CallerHints? hints = null)
    {
        var world = new RoutingWorld(snapshot);
        var result = world.Router.Plan(
            A.Asked("hi", hints: hints),
            snapshot,
            RoutingWorld.Key,
            null,
            new PlanAids { Explain = true }
        );
        return result.Trace.ShouldNotBeNull();
    }
}
