using System.Collections.Concurrent;
using Wye.Chat;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Quality.Estimates;

/// <summary>One prompt while it is scored: read and encoded once per router, however many estimators ask. Pooled; not thread-safe.</summary>
/// <remarks>Holds about 2 MB of working memory. Dispose returns it; nothing of the prompt is read after that.</remarks>
internal sealed class PromptScoring : IDisposable
{
    // More than can score at once is not worth keeping.
    private static readonly int MostKept = 2 * Environment.ProcessorCount;
    private static readonly ConcurrentBag<PromptScoring> Pool = [];
    private static int s_kept;

    private readonly PromptScratch _scratch = new();
    private readonly PromptParts _parts = new();
    private float[] _qualities = new float[64];
    private float[] _spreads = new float[64];
    private readonly int[] _cells = new int[ClustersEstimator.Mixed];
    private readonly float[] _cellWeights = new float[ClustersEstimator.Mixed];
    private int _cellsKept;
    private ChatRequest? _request;
    private RouterSnapshot? _encoded;
    private readonly float[] _position = new float[RouterEncoder.MostPlaced + FeatureLayout.Scalars];
    private RouterSnapshot? _scored;
    private RouterSnapshot? _placed;

    private PromptScoring() { }

    /// <summary>What was waited for; null = nothing.</summary>
    public PreparedPrompt? Prepared { get; private set; }

    /// <summary>Working memory of the estimators.</summary>
    public EstimateScratch Scratch => _scratch.Estimates;

    /// <summary>Starts scoring a request; it must outlive the scoring.</summary>
    public static PromptScoring Rent(ChatRequest request, PreparedPrompt? prepared = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Pool.TryTake(out PromptScoring? scoring))
            Interlocked.Decrement(ref s_kept);
        else
            scoring = new PromptScoring();
        scoring._request = request;
        scoring.Prepared = prepared;
        return scoring;
    }

    /// <summary>The prompt as a router's estimators take it.</summary>
    public EncodedPrompt Encoded(RouterSnapshot router)
    {
        if (!ReferenceEquals(_encoded, router))
        {
            _parts.Read(_request!);
            var text = new PromptText
            {
                User = _parts.User,
                System = _parts.System,
                Tools = _parts.Tools,
            };
            router.Encode(text, _scratch, Prepared is { } prepared ? prepared.Embedding.Span : default);
            _encoded = router;
        }

        return new EncodedPrompt
        {
            Index = _scratch.Features.Indices,
            Value = _scratch.Features.Values,
            Dense = _scratch.Dense.AsSpan(0, router.Encoder.DenseWidth),
        };
    }

    /// <summary>Calibrated quality per head of a router that has quality heads.</summary>
    public ReadOnlySpan<float> Qualities(RouterSnapshot router)
    {
        int heads = router.Quality!.Heads;
        if (!ReferenceEquals(_scored, router))
        {
            if (_qualities.Length < heads)
                (_qualities, _spreads) = (new float[heads], new float[heads]);
            Scratch.CellsKept = 0;
            router.Quality.Estimate(Encoded(router), Scratch, _qualities.AsSpan(0, heads));
            // Kept apart: a pair's heads have cells of their own.
            CellMix mix = Scratch.Mix;
            _cellsKept = mix.Cells.Length;
            mix.Cells.CopyTo(_cells);
            mix.Weights.CopyTo(_cellWeights);
            router.Quality.Spread(Scratch, _spreads.AsSpan(0, heads));
            _scored = router;
        }

        return _qualities.AsSpan(0, heads);
    }

    /// <summary>The prompt's nearest cells, as the quality heads of a router that has them see it.</summary>
    public CellMix Mix(RouterSnapshot router)
    {
        Qualities(router);
        return new CellMix(_cells.AsSpan(0, _cellsKept), _cellWeights.AsSpan(0, _cellsKept));
    }

    /// <summary>Where the prompt lies, for what is learned while serving.</summary>
    public ReadOnlySpan<float> Position(RouterSnapshot router)
    {
        Span<float> position = _position.AsSpan(0, router.Encoder.PositionWidth);
        if (!ReferenceEquals(_placed, router))
        {
            router.Encoder.Place(Encoded(router).Dense, position);
            _placed = router;
        }

        return position;
    }

    /// <summary>How far the parts of a head's estimate lie apart; <see cref="Qualities"/> comes first.</summary>
    public float Spread(RouterSnapshot router, int head)
    {
        Qualities(router);
        return _spreads[head];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_request is null)
            return;
        (_request, Prepared, _encoded, _scored, _placed) = (null, null, null, null, null);
        _parts.Clear();
        // Counted apart: the bag's own count locks every thread's part of it.
        if (Interlocked.Increment(ref s_kept) <= MostKept)
            Pool.Add(this);
        else
            Interlocked.Decrement(ref s_kept);
    }
}
