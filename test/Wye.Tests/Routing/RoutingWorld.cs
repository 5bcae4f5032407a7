using Wye.Chat;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Signals;
using Wye.Testing;

namespace Wye.Routing;

/// <summary>A router with its clock and health at hand.</summary>
internal sealed class RoutingWorld
{
    public static readonly KeyId Key = new("key-1");

    public RoutingWorld(RoutingSnapshot? snapshot = null)
    {
        Snapshot = snapshot ?? A.Pool(A.UsualModels());
        Health = new HealthRegistry(Time, new HealthOptions(), new SeededRandomSource(7));
        Router = new Router(new SignalExtractor(), Health, Time);
    }

    public ManualTime Time { get; } = new();

    public HealthRegistry Health { get; }

    public Router Router { get; }

    public RoutingSnapshot Snapshot { get; }

    public RoutingResult Plan(ChatRequest request, RoutingGrant? grant = null) =>
        Router.Plan(request, Snapshot, Key, grant);

    /// <summary>Lets a deployment fail until it cools down.</summary>
    public void CoolDown(string deployment, TimeSpan? retryAfter = null)
    {
        var state = Health.Of(new DeploymentId(deployment));
        for (var i = 0; i < 5; i++)
        {
            if (state.TryEnter(out var ticket))
            {
                var kind = retryAfter is null ? FailureKind.ServerError : FailureKind.RateLimited;
                state.Exit(ticket, kind, retryAfter);
            }
        }

        state.IsAvailable.ShouldBeFalse();
    }

    public static string[] Models(RoutingResult result) =>
        [.. result.Plan.ShouldNotBeNull(result.Error?.Message ?? "no plan").Nodes.Select(node => node.Model.Id.Value)];

    public static string[] Left(RoutingResult result) =>
        [.. result.Candidates.Select(candidate => candidate.Model.Id.Value)];
}
