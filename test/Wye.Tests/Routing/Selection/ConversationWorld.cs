using Wye.Catalog;
using Wye.Chat;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing.Routes;
using Wye.Sessions;
using Wye.Signals;
using Wye.Testing;

namespace Wye.Routing.Selection;

/// <summary>A router with a session table, and conversations whose answers are remembered as delivery remembers them.</summary>
internal sealed class ConversationWorld
{
    private readonly KeyId _key;

    public ConversationWorld(RoutingSnapshot snapshot, string key = "key-1", SessionTable? sessions = null)
    {
        Snapshot = snapshot;
        _key = new KeyId(key);
        Sessions = sessions ?? new SessionTable(Time);
        Router = new Router(new SignalExtractor(), A.Health(Time), Time, Sessions);
    }

    public ManualTime Time { get; } = new();

    public SessionTable Sessions { get; }

    public Router Router { get; }

    public RoutingSnapshot Snapshot { get; set; }

    /// <summary>Models with prompt caching at a tenth of the input price, one per tier.</summary>
    public static RoutingSnapshot Cached(Func<RouteModel, RouteModel>? route = null) =>
        A.Pool(
            [Model("small", 1, 5), Model("medium", 3, 15), Model("large", 15, 75)],
            one => (route ?? (same => same))(one with { Policies = [new HeuristicPolicy()] })
        );

    public static Model Model(string id, decimal input, decimal output) =>
        A.PoolModel(id, id) with
        {
            Price = new Price(
                Usd.PerMillionTokens(input),
                Usd.PerMillionTokens(output),
                Usd.PerMillionTokens(input / 10)
            ),
        };

    /// <summary>Plans one turn of a conversation and remembers its answer.</summary>
    public (string Model, string Why) Turn(
        string text,
        string session = "s",
        StepKind? kind = null,
        int cached = 0,
        int prompt = 0
    )
    {
        var request = A.Asked(
            text + new string(' ', 1) + string.Concat(Enumerable.Repeat("word ", prompt)),
            hints: new CallerHints { Session = session, StepKind = kind }
        );
        var plan = Router.Plan(request, Snapshot, _key).Plan.ShouldNotBeNull();
        Remember(plan.Session, plan.Nodes[0], cached);
        return (plan.Nodes[0].Model.Id.Value, plan.Why);
    }

    private void Remember(SessionTurn? turn, Plans.PlanNode node, int cached)
    {
        if (turn is null)
        {
            return;
        }

        Sessions.Remember(
            turn.Key,
            new SessionMemory(node.Model.Id, node.Deployments[0].Id)
            {
                CachedTokens = cached,
                LowerWanted = turn.LowerWanted,
                Descents = turn.Descents,
            }
        );
    }
}
