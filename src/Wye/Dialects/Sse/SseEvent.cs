namespace Wye.Dialects.Sse;

/// <summary>What came next in a stream of server-sent events.</summary>
/// <param name="Status">What it is.</param>
/// <param name="Name">The event's name; null = none.</param>
/// <param name="Data">Its payload, several lines joined by <c>\n</c>; valid until the next read.</param>
internal readonly record struct SseEvent(SseStatus Status, string? Name, ReadOnlyMemory<byte> Data);
