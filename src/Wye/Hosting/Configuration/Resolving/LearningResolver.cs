using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Files;
using Wye.Quality.Shipped;
using Wye.Routing;
using Wye.Routing.Routes;
using Wye.Routing.Selection.Learned;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>learning</c> → the router that decides, bound to the models in force, or why it must not.</summary>
internal static class LearningResolver
{
    private const string Path = "learning";
    private const string At = $"{Path}.router";

    /// <summary>The learned router; null when no route asks for one, or there is none.</summary>
    public static LearnedRouting? Resolve(
        ResolveScope scope,
        IReadOnlyDictionary<RouteName, RouteModel> routes,
        CatalogSnapshot catalog
    )
    {
        CheckLikes(scope);
        var asking = routes
            .Values.Where(route => route.Policies.Any(LearnedPolicy.Is))
            .Select(route => route.Name)
            .ToFrozenSet();
        if (asking.Count == 0 && scope.Config.Learning is null)
        {
            return null;
        }

        if (IsNone(scope))
        {
            WarnOfNone(scope, asking);
        }

        if (Find(scope) is not var (manifest, router))
        {
            return null;
        }

        foreach (var route in routes.Values.Where(route => asking.Contains(route.Name)))
        {
            CheckThreshold(scope, route, manifest);
        }

        var (likes, probes) = (Likes(scope), ProbeResolver.Resolve(scope, router?.Snapshot?.Encoder.External));
        var refused = Guard(scope, manifest);
        var learns = scope.Config.Learning?.Feedback ?? true;
        return router is null
            ? new LearnedRouting(manifest, refused, () => Bind(ShippedRouter.Served!))
            {
                Routes = asking,
                TakesFeedback = learns,
            }
            : new LearnedRouting(Bind(router), refused) { Routes = asking, TakesFeedback = learns };

        ServedPool Bind(ServedRouter read)
        {
            var pool = ServedPool.Bind(read, catalog, likes, probes);
            foreach (var route in routes.Values.Where(route => asking.Contains(route.Name)))
            {
                CheckPair(scope, route, manifest, pool);
            }

            return pool;
        }
    }

    // No router = the one that ships: it is whole, so it may be read later. A file somebody names is read here, to be refused here.
    private static (RouterManifest Manifest, ServedRouter? Router)? Find(ResolveScope scope)
    {
        var named = scope.Config.Learning?.Router ?? LearningConfig.Shipped;
        if (IsNone(scope))
        {
            return null;
        }

        if (string.Equals(named, LearningConfig.Shipped, StringComparison.Ordinal))
        {
            if (ShippedRouter.Manifest is { } shipped)
            {
                return (shipped, null);
            }

            if (scope.Config.Learning?.Router is not null)
            {
                scope.Problems.Error(
                    At,
                    "No router ships with this build.",
                    "Train one with `wye train` and name its file."
                );
            }

            return null;
        }

        try
        {
            var (manifest, router) = RouterFiles.Load(named);
            var (encoder, fits) = EncoderResolver.Resolve(scope, router);
            return fits ? (manifest, ServedRouter.Of(manifest, router, encoder)) : null;
        }
        catch (RouterFileException fault)
        {
            scope.Problems.Error(At, fault.Message, "");
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            scope.Problems.Error(
                At,
                $"The router file {scope.Problems.Show(At, named)} cannot be read.",
                "Check its path and permissions, or train one with `wye train`."
            );
        }

        return null;
    }

    /// <summary>Why the router must not decide; null = it may.</summary>
    private static string? Guard(ResolveScope scope, RouterManifest router)
    {
        var allowed = scope.Config.Learning?.AllowUnproven;
        var at = $"{Path}.allow_unproven";
        if (allowed is not null && !string.Equals(allowed, router.Name, StringComparison.Ordinal))
        {
            scope.Problems.Warn(
                at,
                $"It names {scope.Problems.Show(at, allowed)}, but the router is {Quotation.Of(router.Name)}.",
                $"Write allow_unproven: {router.Name}, or remove it."
            );
        }

        if (router.Champion || string.Equals(allowed, router.Name, StringComparison.Ordinal))
        {
            return null;
        }

        scope.Problems.Warn(
            Path,
            $"The router {Quotation.Of(router.Name)} is not proven: {Shortfall(router)}, so 'learned' abstains.",
            $"Train it on more data, or set learning.allow_unproven: {router.Name}."
        );
        return $"router {router.Name} is not proven";
    }

    private static string Shortfall(RouterManifest router) =>
        router.WasJudged
            ? "on questions it had not seen it did not beat the best constant model and the random mix"
            : "too few questions that it had not seen have a score and a cost for every model to judge it";

    // A threshold says nothing of another pair's gains: not how many calls go to strong, nor what a promise keeps.
    private static void CheckPair(ResolveScope scope, RouteModel route, RouterManifest router, ServedPool pool)
    {
        if (
            route.Learned is not { Objective: Objective.Threshold, Threshold: null }
            || router is not { Threshold: not null, Calibration: { } seen }
            || (Speaks(route.Learned.Weak, seen.Weak) && Speaks(route.Strong, seen.Strong))
        )
        {
            return;
        }

        scope.Problems.Warn(
            $"routes.{route.Name}.threshold",
            $"The threshold of the router {Quotation.Of(router.Name)} was calibrated for the weak model {Quotation.Of(seen.Weak)} and the strong model {Quotation.Of(seen.Strong)}, not for this route's.",
            "Set threshold, or calibrate the router with `wye calibrate --pair weak,strong`."
        );

        bool Speaks(ModelId? model, string measured) =>
            model is not { } named
            || pool.IndexOf(named) is not (var at and >= 0)
            || string.Equals(pool.ProfileOf(at).Measured, measured, StringComparison.Ordinal);
    }

    private static void CheckThreshold(ResolveScope scope, RouteModel route, RouterManifest router)
    {
        if (route.Learned is { Objective: Objective.Threshold, Weak: { } weak } && weak == route.Strong)
        {
            scope.Problems.Error(
                $"routes.{route.Name}.weak",
                $"The weak and the strong model are both {Quotation.Of(weak.Value)}, so there is nothing to choose.",
                "Name two models."
            );
        }

        if (route.Learned is { Objective: Objective.Threshold, Threshold: null } && router.Threshold is null)
        {
            scope.Problems.Error(
                $"routes.{route.Name}.threshold",
                $"The objective 'threshold' needs a threshold, and the router {Quotation.Of(router.Name)} is not calibrated.",
                "Set threshold, e.g. 0.2, or calibrate the router with `wye calibrate`."
            );
        }
    }

    private static bool IsNone(ResolveScope scope) =>
        string.Equals(scope.Config.Learning?.Router, LearningConfig.None, StringComparison.Ordinal);

    private static void WarnOfNone(ResolveScope scope, FrozenSet<RouteName> asking)
    {
        foreach (var route in scope.Config.Routes.Where(route => asking.Contains(new RouteName(route.Name))))
        {
            scope.Problems.Warn(
                $"routes.{route.Name}.{(route.Objective is null ? "policies" : "objective")}",
                "The route asks 'learned', which without a router never decides: learning.router is none.",
                "Set learning.router to shipped or a file, or take 'learned' and its objective out of the route."
            );
        }
    }

    private static void CheckLikes(ResolveScope scope)
    {
        foreach (var model in scope.Config.Models)
        {
            if (model.Like is { } like && string.Equals(like, model.Name, StringComparison.Ordinal))
            {
                scope.Problems.Error(
                    $"models.{model.Name}.like",
                    "The model is said to be like itself.",
                    "Name another model, one the router was trained on."
                );
            }
        }
    }

    private static Dictionary<string, string> Likes(ResolveScope scope) =>
        scope
            .Config.Models.Where(model => model.Like is not null)
            .DistinctBy(model => model.Name, StringComparer.Ordinal)
            .ToDictionary(model => model.Name, model => model.Like!, StringComparer.Ordinal);
}
