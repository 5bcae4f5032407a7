using System.Text;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Testing;

/// <summary>What a scripted model does with one call.</summary>
public sealed record Script
{
    /// <summary>Fails with this; null = it does not.</summary>
    public ChatError? Error { get; init; }

    /// <summary>Answers whole with this text; null = it does not.</summary>
    public string? Text { get; init; }

    /// <summary>Usage of a whole answer; null = not said.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Finish reason of a whole answer.</summary>
    public FinishReason Finish { get; init; } = FinishReason.Stop;

    /// <summary>Streams these.</summary>
    public IReadOnlyList<FrameStep>? Frames { get; init; }

    /// <summary>Throws this instead of answering.</summary>
    public Exception? Throws { get; init; }

    /// <summary>Never answers: waits for its token.</summary>
    public bool Hangs { get; init; }

    /// <summary>Tokens that most scripts use.</summary>
    public static Usage SomeUsage { get; } = new() { InputTokens = 10, OutputTokens = 3 };

    public static Script Fail(FailureKind kind, int? status = null, TimeSpan? retryAfter = null) =>
        new()
        {
            Error = new ChatError(kind, $"scripted {kind}") { Status = status, RetryAfter = retryAfter },
        };

    public static Script Answer(string text, Usage? usage = null) => new() { Text = text, Usage = usage ?? SomeUsage };

    public static Script Hang() => new() { Hangs = true };

    public static Script Throw(Exception exception) => new() { Throws = exception };

    public static Script Stream(params FrameStep[] steps) => new() { Frames = steps };

    /// <summary>A whole stream: role, one frame per part, finish, usage, end.</summary>
    public static Script StreamOf(params string[] parts) =>
        Stream([Role(), .. parts.Select(part => Content(part)), Stop(), UsageFrame(SomeUsage), End()]);

    public static FrameStep Role() => Frame("role", ChatFrameKinds.Role);

    public static FrameStep Ping() => Frame("ping", ChatFrameKinds.None);

    public static FrameStep Content(string text) =>
        new(
            FrameOf(text, ChatFrameKinds.Content) with
            {
                ContentBytes = Encoding.UTF8.GetByteCount(text),
                Events = ScriptEvents.Instance,
            }
        );

    public static FrameStep Stop(FinishReason reason = FinishReason.Stop) =>
        new(FrameOf("finish", ChatFrameKinds.Finish) with { Finish = reason });

    public static FrameStep UsageFrame(Usage usage) =>
        new(FrameOf("usage", ChatFrameKinds.Usage) with { Usage = usage });

    public static FrameStep End() => Frame("[DONE]", ChatFrameKinds.End);

    public static FrameStep Broken(FailureKind kind) =>
        new(FrameOf("error", ChatFrameKinds.Error) with { Error = new ChatError(kind, $"scripted {kind}") });

    public static FrameStep Stall() => new(Frame: null);

    private static FrameStep Frame(string data, ChatFrameKinds kinds) => new(FrameOf(data, kinds));

    private static ChatFrame FrameOf(string data, ChatFrameKinds kinds) =>
        new()
        {
            Dialect = DialectId.OpenAi,
            Data = Encoding.UTF8.GetBytes(data),
            Kinds = kinds,
        };
}
