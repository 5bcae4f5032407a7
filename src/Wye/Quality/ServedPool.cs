using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;
using Wye.Quality.Routers;

namespace Wye.Quality;

/// <summary>A router bound to the models of a catalog: who speaks for each. Immutable and thread-safe, made once per snapshot.</summary>
internal sealed class ServedPool
{
    private readonly FrozenDictionary<ModelId, int> _index;
    private readonly ModelProfile[] _profiles;
    private readonly FrozenDictionary<(int Weak, int Strong), IWinRateEstimator> _pairs;
    private readonly string?[] _bases;
    private PoolOutcomes _outcomes;

    private ServedPool(ServedRouter router, string[] models, ModelProfile[] profiles, int[] ranks, ProbedRouter? probes)
    {
        Router = router;
        _profiles = profiles;
        _index = models
            .Select((name, m) => (Id: new ModelId(name), m))
            .ToFrozenDictionary(pair => pair.Id, pair => pair.m);
        Quality = new PriorEstimator(router.Quality, models, profiles, ranks, probes);
        _pairs = Pairs(router);
        // Without estimators, or an identity to know them by again, nothing can be learned for it.
        bool learns = router.Snapshot?.Quality is not null && router.Identity.Length > 0;
        _bases = Array.ConvertAll(profiles, profile => learns ? $"{router.Identity}/{profile.Basis}" : null);
        _outcomes = new PoolOutcomes(OutcomeTable.Empty, models, _bases);
    }

    /// <summary>The router.</summary>
    public ServedRouter Router { get; }

    /// <summary>Quality of every model of the pool.</summary>
    public IQualityEstimator Quality { get; }

    /// <summary>Number of models.</summary>
    public int Count => _profiles.Length;

    /// <summary>Binds a router to a catalog.</summary>
    /// <param name="router">The router.</param>
    /// <param name="catalog">Models and tiers.</param>
    /// <param name="likes">Configured likenesses: model → model.</param>
    /// <param name="probes">Judged answers of models that no router measured; null = none.</param>
    public static ServedPool Bind(
        ServedRouter router,
        CatalogSnapshot catalog,
        IReadOnlyDictionary<string, string> likes,
        IReadOnlyDictionary<string, IReadOnlyList<ProbeAnswer>>? probes = null
    )
    {
        var book = new ProfileBook(router.Quality.Models, router.Means, likes);
        Model[] models = [.. catalog.Models.Where(model => model.Kind != ModelKind.Embedding)];
        int[] ranks = Array.ConvertAll(models, model => catalog.TierOf(model.Id)?.Rank ?? 0);
        ModelProfile[] profiles =
        [
            .. models.Select(
                (model, m) =>
                    book.Of(
                        model.Id.Value,
                        (catalog.TierOf(model.Id)?.Name ?? model.Tier).Value,
                        ranks[m],
                        catalog.Tiers.Length
                    )
            ),
        ];
        string[] names = Array.ConvertAll(models, model => model.Id.Value);
        return new ServedPool(router, names, profiles, ranks, Probe(router, names, profiles, probes));
    }

    private static ProbedRouter? Probe(
        ServedRouter router,
        string[] models,
        ModelProfile[] profiles,
        IReadOnlyDictionary<string, IReadOnlyList<ProbeAnswer>>? probes
    )
    {
        if (probes is null || probes.Count == 0 || router.Snapshot is not { Quality: not null } snapshot)
            return null;
        var corrections = new ResidualModel?[models.Length];
        for (int m = 0; m < models.Length; m++)
        {
            if (
                probes.TryGetValue(models[m], out IReadOnlyList<ProbeAnswer>? answers)
                && ProbeCorrection.Fit(snapshot, profiles[m], answers) is { } correction
            )
            {
                corrections[m] = correction;
                profiles[m] = profiles[m] with
                {
                    Found = profiles[m].Source,
                    Source = EstimateSource.Probe,
                    Probed = correction.Questions,
                };
            }
        }

        return new ProbedRouter(snapshot, corrections);
    }

    /// <summary>Number of a model; −1 = not of the pool.</summary>
    public int IndexOf(ModelId model) => _index.GetValueOrDefault(model, -1);

    /// <summary>Who speaks for a model.</summary>
    public ModelProfile ProfileOf(int model) => _profiles[model];

    /// <summary>What is expected of a model rests on; null = outcomes do not correct it.</summary>
    public string? BasisOf(int model) => _bases[model];

    /// <summary>The part of a table of outcomes that is about this pool; worked out once per table.</summary>
    public PoolOutcomes Of(OutcomeTable table)
    {
        PoolOutcomes known = Volatile.Read(ref _outcomes);
        if (!ReferenceEquals(known.Table, table))
            Volatile.Write(ref _outcomes, known = new PoolOutcomes(table, Quality.Models, _bases));
        return known;
    }

    /// <summary>The last step of <c>prior</c>: corrects estimates by what outcomes say.</summary>
    /// <param name="outcomes">Of this pool.</param>
    /// <param name="prompt">The prompt estimated.</param>
    /// <param name="estimates">Of <see cref="Quality"/>, for all models.</param>
    public void Correct(PoolOutcomes outcomes, PromptScoring prompt, Span<QualityEstimate> estimates)
    {
        if (outcomes.Judgements == 0)
            return;
        ReadOnlySpan<float> position = prompt.Position(Router.Snapshot!);
        for (int m = 0; m < estimates.Length; m++)
        {
            if (outcomes.Of(m) is not { } correction)
                continue;
            QualityEstimate before = estimates[m];
            float value = Math.Clamp(before.Value + correction.Of(position), 0, 1);
            estimates[m] = new QualityEstimate(value, before.Uncertainty, EstimateSource.Outcomes)
            {
                Correction = value - before.Value,
            };
        }
    }

    /// <summary>Share of a model's uncertainty that outcomes leave, 0..1; for explanations, since no choice asks for it.</summary>
    public float DoubtOf(int model, PoolOutcomes outcomes, PromptScoring prompt) =>
        outcomes.Of(model)?.Doubt(prompt.Position(Router.Snapshot!)) ?? 1;

    /// <summary>The pair's own estimate; null = it has none, or a raised profile stands in so that it would not fit.</summary>
    public IWinRateEstimator? PairOf(int weak, int strong)
    {
        (ModelProfile low, ModelProfile high) = (_profiles[weak], _profiles[strong]);
        return low is { Raise: 0, Probed: 0 } && high is { Raise: 0, Probed: 0 }
            ? _pairs.GetValueOrDefault((low.Head, high.Head))
            : null;
    }

    private static FrozenDictionary<(int Weak, int Strong), IWinRateEstimator> Pairs(ServedRouter router)
    {
        var pairs = new Dictionary<(int Weak, int Strong), IWinRateEstimator>();
        var heads = router
            .Quality.Models.Select((name, h) => (name, h))
            .ToDictionary(pair => pair.name, pair => pair.h, StringComparer.Ordinal);
        foreach (IWinRateEstimator pair in router.Pairs)
        {
            if (heads.TryGetValue(pair.Weak, out int weak) && heads.TryGetValue(pair.Strong, out int strong))
                pairs[(weak, strong)] = pair;
        }

        return pairs.ToFrozenDictionary();
    }
}
