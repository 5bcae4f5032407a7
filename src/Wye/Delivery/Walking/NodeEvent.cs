using Wye.Chat;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>What happened at a plan node.</summary>
/// <param name="On">Which edges may fit.</param>
/// <param name="Error">The failure, for a failed or unaffordable node, and what is said when the plan ends here.</param>
/// <param name="Score">The gate's score.</param>
/// <param name="Label">The classify node's label; null = nonsense.</param>
internal readonly record struct NodeEvent(
    EdgeEvent On,
    ChatError? Error = null,
    double Score = 0,
    string? Label = null
);
