using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Chat;
using Wye.Gates;
using Wye.Health;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Delivery;

/// <summary>Everything a delivery touches, scripted: models, clock, caller, ledger.</summary>
internal sealed class DeliveryWorld
{
    public DeliveryWorld(
        HealthOptions? health = null,
        DeliveryOptions? options = null,
        IGateKeeper? gates = null,
        double random = 0,
        IEnumerable<IOutcomeObserver>? observers = null
    )
    {
        Sink = new RecordingSink(Journal);
        Ledger = new MemoryLedger(Journal);
        Health = new HealthRegistry(Time, health ?? new HealthOptions(), new FixedRandom(0));
        Delivery = new ChatDelivery(Models, Health, Ledger, Time, new FixedRandom(random), options, observers, gates);
    }

    public List<string> Journal { get; } = [];

    public ManualTime Time { get; } = new();

    public ScriptedModels Models { get; } = new();

    public RecordingSink Sink { get; private set; }

    public MemoryLedger Ledger { get; }

    public HealthRegistry Health { get; }

    public ChatDelivery Delivery { get; }

    public CancellationTokenSource Caller { get; } = new();

    public int PromptTokenBound { get; set; } = 100;

    public string Called => string.Join(' ', Models.Calls.Select(call => call.Deployment.Value));

    public LedgerRecord Record => Ledger.Records.ShouldHaveSingleItem();

    public string Causes => string.Join(' ', Record.Attempts.Select(attempt => attempt.Cause));

    public static readonly Price SomePrice = new(new Usd(1_000_000), new Usd(4_000_000));

    public static Deployment Deployment(string id, Price? price = null, bool unpriced = false) =>
        new()
        {
            Id = new DeploymentId(id),
            Model = new Model
            {
                Id = new ModelId(id + "-model"),
                Maker = "test",
                Price = unpriced ? null : price ?? SomePrice,
                ContextTokens = 100_000,
                MaxOutputTokens = 4096,
                Capabilities = Capabilities.None,
                Tier = new TierName("small"),
                Source = "test",
            },
            Provider = new Provider
            {
                Id = new ProviderId("test"),
                Dialect = "openai",
                BaseUrl = new Uri("http://localhost/"),
            },
            UpstreamName = id,
        };

    public static PlanNode Node(params Deployment[] deployments) =>
        new()
        {
            Model = deployments[0].Model,
            Deployments = [.. deployments],
            Retries = 0,
        };

    public static PlanNode Node(params string[] ids) => Node([.. ids.Select(id => Deployment(id))]);

    public static PlanEdge OnFailure(int target) => new(EdgeEvent.Failed, target) { Failures = FailureKindSet.General };

    /// <summary>One node per deployment, each falling back to the next.</summary>
    public static RoutePlan Chain(params string[] ids) =>
        Plan([.. ids.Select((id, i) => Node(id) with { Edges = i + 1 < ids.Length ? [OnFailure(i + 1)] : [] })]);

    public static RoutePlan Plan(params PlanNode[] nodes) =>
        new()
        {
            Route = new RouteName("auto"),
            Nodes = [.. nodes],
            Policy = "test",
            Why = "test",
            Balancing = new AsListed(),
            Strong = Deployment("strong", new Price(new Usd(10_000_000), new Usd(40_000_000))).Model,
        };

    public static ChatRequest Asked(
        bool stream,
        int? maxOutputTokens = null,
        ChatFeatures features = ChatFeatures.None,
        int? reasoningBudget = null
    ) =>
        new()
        {
            Dialect = DialectId.OpenAi,
            Body = "{}"u8.ToArray(),
            Fields = [],
            RequestedModel = "auto",
            Texts = [],
            Stream = stream,
            MaxOutputTokens = maxOutputTokens,
            ReasoningBudget = reasoningBudget,
            Features = features,
        };

    public DeliveryRequest Request(RoutePlan plan, ChatRequest chat) =>
        new()
        {
            Id = new RequestId("req_" + Ledger.Records.Count.ToString(CultureInfo.InvariantCulture)),
            Chat = chat,
            Plan = plan,
            Key = new KeyId("key"),
            ArrivedAt = Time.GetUtcNow(),
            ArrivedTimestamp = Time.GetTimestamp(),
            DecisionMicroseconds = 7,
            QueryLength = 42,
            PromptTokens = 12,
            PromptTokenBound = PromptTokenBound,
        };

    public Task<Outcome> Deliver(RoutePlan plan, bool stream = false) => Deliver(plan, Asked(stream));

    public async Task<Outcome> Deliver(RoutePlan plan, ChatRequest chat)
    {
        var outcome = await Delivery.DeliverAsync(Request(plan, chat), Sink, Caller.Token);
        Sink.Ends.ShouldBe(1);
        Models.OpenExchanges.ShouldBe(0, "every exchange is closed");
        Health.All.ShouldAllBe(state => state.Value.InFlight == 0);
        return outcome;
    }

    public void Forget()
    {
        Journal.Clear();
        Ledger.Records.Clear();
        Models.Calls.Clear();
        NewCaller();
    }

    public void NewCaller() => Sink = new RecordingSink(Journal);

    public void Eject(string deployment)
    {
        var state = Health.Of(new DeploymentId(deployment));
        while (state.TryEnter(out var probe))
        {
            state.Exit(probe, FailureKind.ServerError);
        }
    }

    public sealed class AsListed : IBalancingPolicy
    {
        public string Name => "as-listed";

        public void Order(Span<Deployment> deployments, in BalancingContext context) { }
    }
}
