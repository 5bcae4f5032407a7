using System.Net.Http;
using System.Runtime.CompilerServices;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.Sse;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Providers;

/// <summary>
/// A streamed answer. One frame is read at a time; disposing it, also while a frame is read, closes the connection at once.
/// </summary>
/// <param name="response">The response; owned.</param>
/// <param name="body">Its body.</param>
/// <param name="dialect">What it is written in.</param>
/// <param name="frames">Reads that.</param>
/// <param name="bounds">How much of it is taken.</param>
/// <param name="veil">Makes an error fit to be shown.</param>
internal sealed class StreamExchange(
    HttpResponseMessage response,
    Stream body,
    DialectId dialect,
    IFrameReader frames,
    ResponseBounds bounds,
    Func<ChatError, ChatError> veil
) : ChatExchange
{
    // Bits of the state.
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Disposed = 2;

    private readonly SseReader _events = new(body, bounds.LineBytes);
    private readonly CancellationTokenSource _abort = new();
    private int _state;
    private bool _finishSeen;
    private ChatFrame? _last;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public override async ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last)
        {
            return last;
        }

        Enter(cancellationToken);
        try
        {
            // The read runs on its own token, so that both the caller and a dispose can end it.
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((StreamExchange)state!)._abort.Cancel(),
                this
            );
            SseEvent next;
            while (!_events.TryRead(out next))
            {
                _events.Filled(await _events.FillAsync(_abort.Token));
            }

            var frame = Take(next);
            if (frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
            {
                _last = frame;
            }

            return frame;
        }
        catch (Exception e)
        {
            if (_abort.IsCancellationRequested)
            {
                response.Dispose();
                throw new OperationCanceledException("The stream was aborted.", e, cancellationToken);
            }

            if (TransportErrors.Of(e, CancellationToken.None) is not { } error)
            {
                throw;
            }

            return End(error);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        var before = Interlocked.Or(ref _state, Disposed);
        if ((before & Disposed) != 0)
        {
            return ValueTask.CompletedTask;
        }

        _abort.Cancel();
        response.Dispose();
        if (before == Idle)
        {
            _events.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void Enter(CancellationToken cancellationToken)
    {
        var before = _abort.IsCancellationRequested ? Disposed : Interlocked.CompareExchange(ref _state, Reading, Idle);
        if ((before & Disposed) != 0)
        {
            throw new OperationCanceledException("The stream was aborted.", cancellationToken);
        }

        if (before == Reading)
        {
            throw new InvalidOperationException("A frame is being read already. Read one at a time.");
        }
    }

    private void Leave()
    {
        // A dispose during the read left the buffers to it: the socket may write into them until now.
        if ((Interlocked.And(ref _state, ~Reading) & Disposed) != 0)
        {
            _events.Dispose();
        }
    }

    private ChatFrame Take(SseEvent next)
    {
        if (next.Status == SseStatus.TooLarge)
        {
            return Failed(
                FailureKind.ResponseTooLarge,
                $"The provider sent a line of more than {bounds.LineBytes} bytes."
            );
        }

        if (_events.BytesRead > bounds.AnswerBytes)
        {
            return Failed(
                FailureKind.ResponseTooLarge,
                $"The provider's answer is larger than {bounds.AnswerBytes} bytes."
            );
        }

        if (next.Status == SseStatus.End)
        {
            return _finishSeen && frames.EndsWithTheBody
                ? new ChatFrame { Dialect = dialect, Kinds = ChatFrameKinds.End }
                : Cut();
        }

        var frame = frames.Read(next.Name, next.Data);
        if (frame.Has(ChatFrameKinds.End))
        {
            // A terminator alone does not make an answer whole: some servers send it after a failure of their own.
            return _finishSeen ? frame : Cut();
        }

        if (next.Status == SseStatus.Unfinished)
        {
            return Cut();
        }

        if (frame.Error is { } error)
        {
            return frame with { Error = veil(ErrorClassifier.Refine(error)) };
        }

        _finishSeen |= frame.Has(ChatFrameKinds.Finish);
        return frame;
    }

    private ChatFrame Cut() =>
        Failed(
            FailureKind.StreamCut,
            _finishSeen
                ? "The provider's stream ended without its terminator."
                : "The provider's stream ended without a finish reason."
        );

    private ChatFrame Failed(FailureKind kind, string message) => End(new ChatError(kind, message));

    private ChatFrame End(ChatError error)
    {
        var frame = new ChatFrame
        {
            Dialect = dialect,
            Kinds = ChatFrameKinds.Error,
            Error = error,
        };
        _last = frame;
        return frame;
    }
}
