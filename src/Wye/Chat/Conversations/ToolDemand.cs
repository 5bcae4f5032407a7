namespace Wye.Chat.Conversations;

/// <summary>What the caller demands of tool calls.</summary>
/// <param name="Kind">Must, may or must not.</param>
/// <param name="Name">The tool, for <see cref="ToolDemandKind.Named"/>; else null.</param>
public sealed record ToolDemand(ToolDemandKind Kind, string? Name = null);
