using Wye.Primitives;

namespace Wye.Routing;

/// <summary>Why a deployment stands first, for <c>why</c>. Used by one flow.</summary>
public sealed class BalancingNote
{
    /// <summary>The reason, short and printable ASCII, e.g. <c>lowest-cost $0.001250</c>; null = none was given.</summary>
    public string? Text { get; set; }

    /// <summary>Whom it is about: who stands first. Set by delivery once the order is made.</summary>
    internal DeploymentId? First { get; set; }
}
