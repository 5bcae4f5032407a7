using Wye.Chat;

namespace Wye.Testing;

/// <summary>One step of a scripted stream.</summary>
/// <param name="Frame">The frame given; null = the stream stands still until its token is cancelled.</param>
public sealed record FrameStep(ChatFrame? Frame);
