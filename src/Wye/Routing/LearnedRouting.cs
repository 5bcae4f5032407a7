using System.Collections.Frozen;
using Wye.Chat;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Files;
using Wye.Quality.Prior;

namespace Wye.Routing;

/// <summary>The learned router of a snapshot, bound to its models: at once, or when first needed. Thread-safe.</summary>
internal sealed class LearnedRouting
{
    private readonly Lazy<ServedPool> _bound;
    private readonly Lazy<Task<ServedPool>> _binding;

    /// <summary>Takes a router that is read and bound.</summary>
    /// <param name="pool">The router and who speaks for each model.</param>
    /// <param name="refused">Why it must not decide, in a few words; null = it may.</param>
    public LearnedRouting(ServedPool pool, string? refused)
        : this(pool.Router.Name, pool.Router.Champion, refused, new Lazy<ServedPool>(pool)) { }

    /// <summary>Takes a router that is read once, when a decision first needs it or by <see cref="ReadAhead"/>.</summary>
    /// <param name="manifest">What its file says of it.</param>
    /// <param name="refused">Why it must not decide, in a few words; null = it may.</param>
    /// <param name="bind">Reads and binds it.</param>
    public LearnedRouting(RouterManifest manifest, string? refused, Func<ServedPool> bind)
        : this(manifest.Name, manifest.Champion, refused, new Lazy<ServedPool>(bind)) { }

    private LearnedRouting(string router, bool isChampion, string? refused, Lazy<ServedPool> bound)
    {
        (Router, Champion, Refused, _bound) = (router, isChampion, refused, bound);
        // Requests that come before it is there wait together, on one thread.
        _binding = new Lazy<Task<ServedPool>>(() => Task.Run(() => bound.Value));
    }

    private LearnedRouting(LearnedRouting same, LiveOutcomes outcomes)
    {
        (Router, Champion, Refused, _bound) = (same.Router, same.Champion, same.Refused, same._bound);
        (_binding, Routes, TakesFeedback, Outcomes) = (same._binding, same.Routes, same.TakesFeedback, outcomes);
    }

    /// <summary>Name of the router.</summary>
    public string Router { get; }

    /// <summary>Whether it is proven.</summary>
    public bool Champion { get; }

    /// <summary>Why it must not decide, in a few words; null = it may.</summary>
    public string? Refused { get; }

    /// <summary>The router and who speaks for each model; waits where it is not read yet.</summary>
    /// <exception cref="RouterFileException">What ships with this build is damaged.</exception>
    public ServedPool Pool => _bound.Value;

    /// <summary>Routes whose policies ask it.</summary>
    public FrozenSet<RouteName> Routes { get; init; } = [];

    /// <summary>Whether outcomes may correct what it expects; default true.</summary>
    public bool TakesFeedback { get; init; } = true;

    /// <summary>What outcomes say; null = nothing does.</summary>
    public LiveOutcomes? Outcomes { get; }

    /// <summary>The same, corrected by outcomes where it takes feedback.</summary>
    public LearnedRouting With(LiveOutcomes outcomes) => TakesFeedback ? new LearnedRouting(this, outcomes) : this;

    /// <summary>Reads now what a decision would otherwise wait for. A fault is told by the decision that needs it.</summary>
    public void ReadAhead()
    {
        if (Refused is not null || Routes.Count == 0)
        {
            return;
        }

        try
        {
            _ = _bound.Value;
        }
        catch (RouterFileException) { }
    }

    /// <summary>
    /// Waits for what the estimators need of a request, where one of its routes asks them, and for the router itself; null = nothing.
    /// A router that turns out damaged abstains.
    /// </summary>
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

        if (!Routes.Contains(new RouteName(asked)))
        {
            return default;
        }

        return _bound.IsValueCreated
            ? _bound.Value.Quality.PrepareAsync(request, cancellationToken)
            : BindAndPrepareAsync(request, cancellationToken);
    }

    private async ValueTask<PreparedPrompt?> BindAndPrepareAsync(
        ChatRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var pool = await _binding.Value.WaitAsync(cancellationToken);
            return await pool.Quality.PrepareAsync(request, cancellationToken);
        }
        catch (RouterFileException)
        {
            return new PreparedPrompt { Encoder = Router, Failure = $"router {Router} is damaged" };
        }
    }
}
