using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;

namespace Wye.Routing;

/// <summary>What a balancing policy orders by: live state, chance, and the numbers of the request at hand.</summary>
public readonly record struct BalancingContext
{
    /// <summary>Live state of deployments.</summary>
    public required HealthRegistry Health { get; init; }

    /// <summary>Chance.</summary>
    public required IRandomSource Random { get; init; }

    /// <summary>Estimated prompt tokens; 0 = not known.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Expected output tokens; 0 = not known.</summary>
    public int ExpectedOutput { get; init; }

    /// <summary>Whether the answer is streamed: then the time to its first content is what matters.</summary>
    public bool Stream { get; init; }

    /// <summary>The deployment that answered the conversation last; null = none.</summary>
    public DeploymentId? HeldBy { get; init; }

    /// <summary>Prompt tokens that <see cref="HeldBy"/> is expected to have cached.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Takes the reason of the order for <c>why</c>; null = nobody asks.</summary>
    public BalancingNote? Note { get; init; }

    /// <summary>Tokens the request is expected to take, as rate limits count them.</summary>
    public long ExpectedTokens => (long)PromptTokens + ExpectedOutput;

    /// <summary>Live state of a deployment.</summary>
    public DeploymentState StateOf(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return Health.Of(deployment.Id);
    }

    /// <summary>Whether a deployment can take a call now: not cooling down, not full, not at a stated limit.</summary>
    public bool IsReady(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var state = Health.Of(deployment.Id);
        return state.IsAvailable
            && state.InFlight < (deployment.MaxInFlight ?? int.MaxValue)
            && state.Load.LimitReached(deployment, ExpectedTokens) == RateLimit.None;
    }

    /// <summary>Moves the deployment that holds the conversation to the front, where its prompt cache is; the others keep their order.</summary>
    /// <returns>Whether it is among them and ready, and so now stands first.</returns>
    public bool Hold(Span<Deployment> deployments)
    {
        if (HeldBy is not { } held)
        {
            return false;
        }

        for (var i = 0; i < deployments.Length; i++)
        {
            if (deployments[i].Id == held && IsReady(deployments[i]))
            {
                var moving = deployments[i];
                deployments[..i].CopyTo(deployments[1..]);
                deployments[0] = moving;
                return true;
            }
        }

        return false;
    }
}
