using Wye.Primitives;
using Wye.Testing;

namespace Wye.Health;

/// <summary>A deployment's state, its clock, and short ways to what happens to it.</summary>
public abstract class DeploymentStateWorld
{
    private protected ManualTime Time { get; } = new();

    private protected DeploymentState State(HealthOptions? options = null, double random = 0) =>
        new(Time, options ?? new HealthOptions(), new FixedRandom(random));

    private protected static void Call(DeploymentState state, FailureKind? failure, TimeSpan? retryAfter = null)
    {
        state.TryEnter(out var probe).ShouldBeTrue();
        state.Exit(probe, failure, retryAfter);
    }

    private protected static void Eject(DeploymentState state)
    {
        for (var i = 0; i < 5; i++)
        {
            Call(state, FailureKind.ServerError);
        }

        state.IsAvailable.ShouldBeFalse();
    }
}
