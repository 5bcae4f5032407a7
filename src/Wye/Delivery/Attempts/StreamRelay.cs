using Wye.Chat;
using Wye.Delivery.Attempts.Metering;
using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>Relays one stream: holds back until there is content, then hands on each frame as it comes.</summary>
/// <remarks>
/// A gated answer is held to its end and let go by <see cref="ReleaseAsync"/>. Otherwise up to the first content nothing has reached the caller and another target may answer; after it a failure is final.
/// </remarks>
internal sealed class StreamRelay(AttemptContext context, Attempt attempt, NodeCall call, CallClock clock) : IDisposable
{
    private readonly TimeSpan _interToken = context.Request.Plan.Bounds.InterToken;
    private readonly EarlyCheck? _early = call.Gate is null ? null : new EarlyCheck(call);
    private UsageMeter _meter;
    private HeldFrames? _held;
    private bool _finished;
    private volatile bool _gaveUp;
    private FinishReason _finish;

    /// <summary>Whether a part of the answer left for the caller.</summary>
    public bool Committed { get; private set; }

    /// <summary>The terminator frame of a whole stream.</summary>
    public ChatFrame Terminator { get; private set; }

    /// <summary>The whole answer, when it is held back for a gate.</summary>
    public HeldAnswer? Held { get; } = call.Held ? new HeldAnswer(context.MaxGatedBytes) : null;

    /// <summary>Whether it was stopped because its beginning was bad enough.</summary>
    public bool RefusedEarly { get; private set; }

    /// <summary>When it was let go; null = it was not.</summary>
    public long? Released { get; private set; }

    /// <summary>What the stream used so far.</summary>
    public UsageMeter Meter => _meter;

    /// <summary>Reads to the end.</summary>
    /// <returns>Why it failed; null = the stream is whole.</returns>
    public async ValueTask<ChatError?> RunAsync(ChatExchange exchange)
    {
        while (true)
        {
            var frame = await exchange.ReadFrameAsync(clock.Token);
            _meter.Add(frame);
            if (frame.Has(ChatFrameKinds.Error))
            {
                return frame.Error ?? AttemptErrors.Cut(attempt.Deployment.Id);
            }

            if (frame.Has(ChatFrameKinds.Finish))
            {
                _finished = true;
                _finish = frame.Finish;
            }

            if (Held is not null)
            {
                if (KeepBack(frame, out var over) || over is not null)
                {
                    return over;
                }

                clock.Arm(_interToken, FailureKind.StreamStalled);
                continue;
            }

            if (!Committed && Commits(frame) && await CommitAsync(frame) is { } sinkError)
            {
                return sinkError;
            }

            if (frame.Has(ChatFrameKinds.End))
            {
                return End(frame);
            }

            if (await PassAsync(frame) is { } error)
            {
                return error;
            }

            clock.Arm(_interToken, FailureKind.StreamStalled);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held?.Dispose();
        Held?.Dispose();
    }

    /// <summary>Writes what was held back, all but the terminator.</summary>
    public async ValueTask<ChatError?> ReleaseAsync()
    {
        Committed = true;
        Released = context.Time.GetTimestamp();
        await context.StopHeartbeatAsync();
        await using var late = GiveUpWhenLate();
        try
        {
            await context.Sink.StartStreamAsync(context.HeadOf(attempt), context.CallerGone);
            for (var i = 0; i < Held!.Count - 1; i++)
            {
                await context.Sink.WriteFrameAsync(Held[i], context.CallerGone);
            }

            Terminator = Held[Held.Count - 1];
            return GivenUp();
        }
        catch (Exception exception)
        {
            return SinkError(exception);
        }
    }

    /// <summary>Takes a frame of an answer that is held back; true = the stream is over.</summary>
    private bool KeepBack(in ChatFrame frame, out ChatError? error)
    {
        error = Held!.TryAdd(frame) ? null : AttemptErrors.HeldTooMuch(attempt.Deployment.Id);
        if (error is not null)
        {
            return true;
        }

        if (frame.Has(ChatFrameKinds.Committing) && attempt.FirstContent is null)
        {
            attempt.OnFirstContent();
        }

        if (frame.Has(ChatFrameKinds.End))
        {
            error =
                !_finished ? AttemptErrors.Cut(attempt.Deployment.Id)
                : !_meter.HasContent && !EmptyAnswer.IsLegal(_finish, call.Request.Chat.Features)
                    ? AttemptErrors.Empty(attempt.Deployment.Id)
                : null;
            Held.Finish(_finish);
            return true;
        }

        RefusedEarly = _early?.Refuses(Held.Text) == true;
        return RefusedEarly;
    }

    private bool Commits(in ChatFrame frame) =>
        frame.Has(ChatFrameKinds.Committing)
        || (frame.Has(ChatFrameKinds.Finish) && EmptyAnswer.IsLegal(frame.Finish, call.Request.Chat.Features));

    private ChatError? End(in ChatFrame frame)
    {
        if (!_finished)
        {
            return AttemptErrors.Cut(attempt.Deployment.Id);
        }

        if (!Committed)
        {
            return AttemptErrors.Empty(attempt.Deployment.Id);
        }

        Terminator = frame;
        return null;
    }

    private async ValueTask<ChatError?> CommitAsync(ChatFrame frame)
    {
        Committed = true;
        clock.ReleaseNode();
        clock.ArmDeadlines();
        await context.StopHeartbeatAsync();
        if (frame.Has(ChatFrameKinds.Committing))
        {
            attempt.OnFirstContent();
        }

        try
        {
            await context.Sink.StartStreamAsync(context.HeadOf(attempt), context.CallerGone);
            for (var i = 0; i < _held?.Count; i++)
            {
                await context.Sink.WriteFrameAsync(_held[i], context.CallerGone);
            }

            _held?.Dispose();
            return null;
        }
        catch (Exception exception)
        {
            return SinkError(exception);
        }
    }

    private ValueTask<ChatError?> PassAsync(in ChatFrame frame)
    {
        if (!Committed)
        {
            return new(Hold(frame));
        }

        try
        {
            var write = context.Sink.WriteFrameAsync(frame, context.CallerGone);
            if (write.IsCompletedSuccessfully)
            {
                return default;
            }

            // The caller reads slowly: that is not the provider standing still.
            clock.ArmDeadlines();
            return FinishWriteAsync(write);
        }
        catch (Exception exception)
        {
            return new(SinkError(exception));
        }
    }

    private async ValueTask<ChatError?> FinishWriteAsync(ValueTask write)
    {
        await using var late = GiveUpWhenLate();
        try
        {
            await write;
            return GivenUp();
        }
        catch (Exception exception)
        {
            return SinkError(exception);
        }
    }

    /// <summary>A caller who takes nothing at all would hold his call, and its place at the provider, for ever.</summary>
    private CancellationTokenRegistration GiveUpWhenLate() =>
        clock.Token.UnsafeRegister(static relay => ((StreamRelay)relay!).GiveUpIfLate(), this);

    private void GiveUpIfLate()
    {
        if (clock.Reason == FailureKind.TotalTimeout)
        {
            // A write may end without an error at this, before the caller's token says that he is gone.
            _gaveUp = true;
            context.Sink.GiveUp();
        }
    }

    private ChatError? GivenUp() =>
        _gaveUp ? AttemptErrors.Expired(FailureKind.CallerGone, attempt.Deployment.Id) : null;

    private ChatError? Hold(in ChatFrame frame)
    {
        _held ??= new HeldFrames();
        if (_held.Weight + frame.Data.Length > context.MaxHeldBytes)
        {
            return AttemptErrors.HeldTooMuch(attempt.Deployment.Id);
        }

        _held.Add(frame);
        return null;
    }

    private ChatError SinkError(Exception exception)
    {
        if (exception is OperationCanceledException or IOException || context.CallerGone.IsCancellationRequested)
        {
            return AttemptErrors.Expired(FailureKind.CallerGone, attempt.Deployment.Id);
        }

        context.Logger.SinkThrew(context.Request.Id, exception);
        return exception is InvalidDataException unfit
            ? AttemptErrors.Unfit(attempt.Deployment.Id, unfit.Message)
            : AttemptErrors.SinkFailed;
    }
}
