namespace Wye.Access;

/// <summary>
/// Looks every second whether another process changed the keys, so that a change is in force everywhere within seconds. While
/// the store cannot be read, what was loaded last stays in force. Thread-safe; disposing it ends the looking.
/// </summary>
public sealed class KeyRefresher : IAsyncDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly KeyRing _ring;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private int _looking;
    private volatile string? _lastError;

    /// <summary>Starts looking.</summary>
    public KeyRefresher(KeyRing ring, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(time);
        _ring = ring;
        _timer = time.CreateTimer(static self => _ = ((KeyRefresher)self!).LookAsync(), this, Interval, Interval);
    }

    /// <summary>Why the last look failed, in one line; null = it did not.</summary>
    public string? LastError => _lastError;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
    }

    internal async Task LookAsync()
    {
        // A slow store is not asked again before it has answered.
        if (Interlocked.Exchange(ref _looking, 1) == 1)
        {
            return;
        }

        try
        {
            await _ring.RefreshAsync(_stop.Token).ConfigureAwait(false);
            _lastError = null;
        }
        catch (AccessUnavailableException error)
        {
            _lastError = error.Message;
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }
}
