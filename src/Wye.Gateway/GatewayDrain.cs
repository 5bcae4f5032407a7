namespace Wye.Gateway;

/// <summary>Whether the gateway is stopping: readiness says so at once, while the listener still takes calls for a while.</summary>
internal sealed class GatewayDrain
{
    private volatile bool _draining;

    public bool IsDraining => _draining;

    public void Begin() => _draining = true;
}
