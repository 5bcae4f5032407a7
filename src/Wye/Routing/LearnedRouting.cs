using System.Collections.Frozen;
using Wye.Chat;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;

namespace Wye.Routing;

/// <summary>The learned router of a snapshot, bound to its models.</summary>
/// <param name="Pool">The router and who speaks for each model.</param>
/// <param name="Refused">Why it must not decide, in a few words; null = it may.</param>
internal sealed record LearnedRouting(ServedPool Pool, string? Refused)
{
    /// <summary>Routes whose policies ask it.</summary>
    public FrozenSet<RouteName> Routes { get; init; } = [];

    /// <summary>Waits for what the estimators need of a request, where one of its routes asks them; null = nothing.</summary>
    public ValueTask<PreparedPrompt?> PrepareAsync(
        ChatRequest request,
        RoutingSnapshot snapshot,
        CancellationToken cancellationToken
    )
    {
        if (Refused is not null)
        {
            return default;
        }

        var asked = request.RequestedModel;
        for (var hops = 0; hops < 8 && snapshot.Aliases.TryGetValue(asked, out var meant); hops++)
        {
            asked = meant;
        }

        return Routes.Contains(new RouteName(asked)) ? Pool.Quality.PrepareAsync(request, cancellationToken) : default;
    }
}
