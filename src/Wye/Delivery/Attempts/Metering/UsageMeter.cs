using Wye.Chat;
using Wye.Primitives;

namespace Wye.Delivery.Attempts.Metering;

/// <summary>Collects what one call used: the provider's numbers where they can be true, else an estimate.</summary>
internal struct UsageMeter
{
    private const int BytesPerToken = 4;

    // Larger numbers are absurd whatever the bounds; below it sums cannot overflow.
    private const long Sane = 1L << 40;

    private Usage? _said;
    private long _contentBytes;

    /// <summary>Whether any content came.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Takes a frame of a stream.</summary>
    public void Add(in ChatFrame frame)
    {
        _contentBytes += Math.Max(0, frame.ContentBytes);
        HasContent |= frame.Has(ChatFrameKinds.Committing);
        if (frame.Usage is { } usage)
        {
            _said = _said is { } before ? Replace(before, usage) : usage;
        }
    }

    /// <summary>Takes what a provider bills for an answer that is none.</summary>
    public void Add(ChatError error) => _said ??= error.Usage;

    /// <summary>Takes a whole answer.</summary>
    public void Add(ChatReply reply)
    {
        // Arguments of tool calls are not in the text; the body bounds them.
        _contentBytes += reply.ToolCallCount > 0 ? reply.Body.Length : reply.Text.Length;
        HasContent |= reply.Text.Length > 0 || reply.ToolCallCount > 0;
        _said = reply.Usage;
    }

    /// <summary>The usage to bill.</summary>
    /// <param name="bounds">What is believable.</param>
    /// <param name="whole">Whether the answer is whole; else the provider's numbers may lag behind what it sent.</param>
    public readonly MeteredUsage Read(in UsageBounds bounds, bool whole)
    {
        var output = (_contentBytes + BytesPerToken - 1) / BytesPerToken;
        if (_said is { } said && IsBelievable(said, bounds))
        {
            return Mend(said, bounds, output, whole);
        }

        // A failure before any content is not billed, unless the provider said so.
        return _said is null && !whole && !HasContent
            ? default
            : new(new Usage { InputTokens = bounds.PromptEstimate, OutputTokens = output }, Estimated: true);
    }

    private readonly MeteredUsage Mend(in Usage said, in UsageBounds bounds, long output, bool whole)
    {
        var mended = said;
        if (said.PromptTokens == 0 && HasContent && bounds.PromptEstimate > 0)
        {
            mended = mended with { InputTokens = bounds.PromptEstimate };
        }

        if (HasContent && (said.OutputTokens == 0 || !whole))
        {
            mended = mended with { OutputTokens = Math.Max(said.OutputTokens, output) };
        }

        return new(mended, Estimated: mended != said || (!whole && HasContent));
    }

    private static bool IsBelievable(in Usage usage, in UsageBounds bounds) =>
        IsSane(usage.InputTokens)
        && IsSane(usage.CacheReadTokens)
        && IsSane(usage.CacheWriteTokens)
        && IsSane(usage.CacheWriteHourTokens)
        && IsSane(usage.AudioInputTokens)
        && IsSane(usage.ImageInputTokens)
        && IsSane(usage.AudioOutputTokens)
        && IsSane(usage.OutputTokens)
        && IsSane(usage.ReasoningTokens)
        && usage.ReasoningTokens + usage.AudioOutputTokens <= usage.OutputTokens
        && usage.PromptTokens <= bounds.PromptMost
        && usage.OutputTokens <= bounds.OutputMost;

    private static bool IsSane(long tokens) => tokens is >= 0 and < Sane;

    private static Usage Replace(in Usage before, in Usage usage) =>
        new()
        {
            InputTokens = Later(before.InputTokens, usage.InputTokens),
            CacheReadTokens = Later(before.CacheReadTokens, usage.CacheReadTokens),
            CacheWriteTokens = Later(before.CacheWriteTokens, usage.CacheWriteTokens),
            OutputTokens = Later(before.OutputTokens, usage.OutputTokens),
            ReasoningTokens = Later(before.ReasoningTokens, usage.ReasoningTokens),
            CacheWriteHourTokens = Later(before.CacheWriteHourTokens, usage.CacheWriteHourTokens),
            AudioInputTokens = Later(before.AudioInputTokens, usage.AudioInputTokens),
            ImageInputTokens = Later(before.ImageInputTokens, usage.ImageInputTokens),
            AudioOutputTokens = Later(before.AudioOutputTokens, usage.AudioOutputTokens),
            ServiceTier = usage.ServiceTier == ServiceTier.Standard ? before.ServiceTier : usage.ServiceTier,
        };

    // A later frame replaces what it names; a kind it leaves out reads as zero.
    private static long Later(long before, long now) => now == 0 ? before : now;
}
