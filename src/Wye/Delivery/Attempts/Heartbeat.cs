using Wye.Chat;

namespace Wye.Delivery.Attempts;

/// <summary>Tells the caller of a stream that somebody is there while no target has answered yet. Pooled; serves one request at a time.</summary>
/// <remarks>
/// The timer runs beside the walk, the sink is called by one flow at a time: <see cref="StopAsync"/> therefore waits for a
/// comment that is just being written, and none follows it.
/// </remarks>
internal sealed class Heartbeat : IDisposable
{
    private readonly TimeSpan _after;
    private readonly TimeSpan _every;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private AttemptContext? _waiting;
    private Task _writing = Task.CompletedTask;

    /// <summary>A heartbeat that is not started.</summary>
    public Heartbeat(TimeProvider time, DeliveryOptions options)
    {
        _after = options.HeartbeatAfter;
        _every = options.HeartbeatEvery;
        _timer = time.CreateTimer(
            static state => ((Heartbeat)state!).Beat(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Whether the head of the stream has left by a heartbeat: its status is spent.</summary>
    public bool HasOpened { get; private set; }

    /// <summary>Starts to wait with a request.</summary>
    public void Start(AttemptContext waiting)
    {
        HasOpened = false;
        lock (_gate)
        {
            _waiting = waiting;
        }

        _timer.Change(_after, _every);
    }

    /// <summary>Ends the waiting: an answer begins, or nothing more will come. May be called twice.</summary>
    public ValueTask StopAsync()
    {
        lock (_gate)
        {
            if (_waiting is null)
            {
                return default;
            }

            _waiting = null;
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return _writing.IsCompleted ? default : new ValueTask(_writing);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        TaskCompletionSource done;
        AttemptContext waiting;
        lock (_gate)
        {
            // A caller who reads slowly still has the last comment before him.
            if (_waiting is null || !_writing.IsCompleted)
            {
                return;
            }

            waiting = _waiting;
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _writing = done.Task;
        }

        _ = WriteAsync(waiting, done);
    }

    private async Task WriteAsync(AttemptContext waiting, TaskCompletionSource done)
    {
        try
        {
            HasOpened |= await waiting.Sink.HeartbeatAsync(waiting.WaitingHead(), waiting.CallerGone);
        }
        catch (Exception exception)
        {
            // Whether the head has left is not known: the caller most likely has. A second head must not follow.
            HasOpened = true;
            if (exception is not (OperationCanceledException or IOException))
            {
                waiting.Logger.SinkThrew(waiting.Request.Id, exception);
            }
        }
        finally
        {
            done.SetResult();
        }
    }
}
