using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Health;
using Wye.Learning.Outcomes;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Quality.Prior;
using Wye.Quality.Shipped;
using Wye.Routing;
using Wye.Routing.Selection.Learned;
using Wye.Sessions;
using Wye.Signals;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>The whole decision of a route that asks <c>learned</c>: signals, candidates, scoring by the shipped router, plan.</summary>
internal sealed class LearnedDecision
{
    /// <summary>Candidates of the route.</summary>
    public const int Candidates = 8;

    private const int JudgedAnswers = 100;

    private static readonly KeyId Key = new("bench");
    private readonly RoutingSnapshot _snapshot;
    private readonly Router _router;

    public LearnedDecision()
    {
        string[] names =
        [
            "gpt-4o-mini",
            "claude-haiku-4-5",
            "gpt-5-mini",
            "gpt-4o",
            "claude-sonnet-4-5",
            "gpt-5.1",
            "claude-opus-4-5",
            "o3",
        ];
        List<Model> models = [];
        for (int i = 0; i < Candidates; i++)
        {
            string tier =
                i < 3 ? "small"
                : i < 6 ? "medium"
                : "large";
            models.Add(A.PoolModel(names[i], tier, 0.2m * (i + 1), 1m * (i + 1)));
        }

        RoutingSnapshot pool = A.Pool(models, route => route with { Policies = [new LearnedPolicy()] });
        ServedRouter router =
            ShippedRouter.Served ?? throw new InvalidOperationException("The library holds no shipped router.");
        Models = router.Snapshot!.Models.Count;
        ServedPool served = ServedPool.Bind(
            router,
            pool.Catalog,
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        _snapshot = pool with { Learned = new LearnedRouting(served, refused: null).With(Judged(served)) };
        var health = new HealthRegistry(TimeProvider.System, new HealthOptions(), new SeededRandomSource(1));
        _router = new Router(new SignalExtractor(), health, TimeProvider.System, new SessionTable(TimeProvider.System));
    }

    // As it is served once answers were judged: every model has a correction.
    private static LiveOutcomes Judged(ServedPool pool)
    {
        var live = new LiveOutcomes();
        var learner = new OutcomeLearner(live);
        for (int model = 0; model < pool.Count; model++)
        {
            ModelId id = new(pool.Quality.Models[model]);
            for (int i = 0; i < JudgedAnswers; i++)
            {
                using var prompt = PromptScoring.Rent(A.Asked($"question {i} about {id.Value}"));
                var position = PromptPosition.Of(prompt.Position(pool.Router.Snapshot!));
                learner.Learn(
                    new OutcomeLearner.Lesson(pool.BasisOf(model)!, id.Value, position, ResidualSums.Whole / 2)
                );
            }
        }

        learner.Publish();
        return live;
    }

    /// <summary>Models that the router estimates per prompt.</summary>
    public int Models { get; }

    /// <summary>A request with one user turn.</summary>
    public static ChatRequest Request(byte[] text) => A.Asked(Encoding.UTF8.GetString(text));

    /// <summary>Decides.</summary>
    public void Plan(ChatRequest request)
    {
        RoutingResult decision = _router.Plan(request, _snapshot, Key);
        if (decision.Plan is not { Policy: LearnedPolicy.PolicyName })
            throw new InvalidOperationException("The bench's request was not planned by 'learned'.");
    }
}
