namespace Wye.Gateway;

/// <summary>
/// Whether the gateway is stopping: readiness says so at once, while the listener still takes calls for a while; and which calls
/// still run, so that the store is not closed under them. Thread-safe.
/// </summary>
internal sealed class GatewayDrain : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private long _begun;
    private bool _ended;
    private volatile bool _draining;

    public bool IsDraining => _draining;

    /// <summary>Cancelled when running answers may not finish any more: streams end in an error frame and a cut.</summary>
    public CancellationToken Stopping => _end.Token;

    public void Begin() => _draining = true;

    /// <summary>Ends what still runs, visibly.</summary>
    /// <returns>Done when everything that ran is settled and answered.</returns>
    public async Task EndAsync()
    {
        _draining = true;
        bool first;
        lock (_gate)
        {
            first = !_ended;
            _ended = true;
            if (_running == 0)
            {
                _idle.TrySetResult();
            }
        }

        if (first)
        {
            await _end.CancelAsync();
        }

        await _idle.Task;
    }

    /// <summary>A call begins; dispose what is returned at its end.</summary>
    public Running Enter()
    {
        lock (_gate)
        {
            _running++;
            _begun++;
        }

        return new Running(this);
    }

    /// <summary>How many calls have begun since the start, and how many of them run.</summary>
    public (long Begun, int Running) Count()
    {
        lock (_gate)
        {
            return (_begun, _running);
        }
    }

    public void Dispose() => _end.Dispose();

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running == 0 && _ended)
            {
                _idle.TrySetResult();
            }
        }
    }

    /// <summary>A call that runs.</summary>
    public readonly struct Running(GatewayDrain drain) : IDisposable
    {
        public void Dispose() => drain.Leave();
    }
}
