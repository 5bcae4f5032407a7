using Wye.Hosting.Configuration;

namespace Wye.Extensions.AI;

/// <summary>How Wye stands behind an <c>IChatClient</c>. Immutable.</summary>
public sealed record WyeChatClientOptions
{
    /// <summary>Route, alias or model of requests whose options name none; default <c>auto</c>.</summary>
    public string DefaultRoute { get; init; } = ConfigDefaults.RouteName;

    /// <summary>The key under which requests stand in the ledger; default <c>library</c>.</summary>
    public string Key { get; init; } = "library";
}
