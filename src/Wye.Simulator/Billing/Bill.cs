namespace Wye.Simulator.Billing;

/// <summary>What the Simulator charged: the ground truth that a gateway's ledger is compared with.</summary>
/// <remarks>
/// Thread-safe. The line of a completed call is written before the last byte of its answer leaves; the line of a cancelled or
/// cut call when the Simulator notices, so await <see cref="WaitForQuiescenceAsync"/> before comparing.
/// </remarks>
public sealed class Bill
{
    private readonly Lock _gate = new();
    private readonly List<BillLine> _lines = [];
    private Int128 _total;
    private int _inFlight;
    private TaskCompletionSource? _quiet;

    internal Bill() { }

    /// <summary>Sum of all lines in pico-dollars.</summary>
    public Int128 TotalPicoUsd
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>Number of lines.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Calls accepted whose handling has not ended.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>A copy of the lines from <paramref name="afterSequence"/> (exclusive, default 0) on, in order.</summary>
    public IReadOnlyList<BillLine> Snapshot(long afterSequence = 0)
    {
        lock (_gate)
        {
            var start = (int)Math.Clamp(afterSequence, 0, _lines.Count);
            return _lines.GetRange(start, _lines.Count - start);
        }
    }

    /// <summary>Completes when no call is in flight; at once when none is.</summary>
    /// <remarks>A request still on its way through the network is not in flight yet: await what the client sent first.</remarks>
    public Task WaitForQuiescenceAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_inFlight == 0)
            {
                return Task.CompletedTask;
            }

            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _quiet.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Enter()
    {
        lock (_gate)
        {
            _inFlight++;
        }
    }

    internal void Leave()
    {
        TaskCompletionSource? quiet = null;
        lock (_gate)
        {
            if (--_inFlight == 0)
            {
                (quiet, _quiet) = (_quiet, null);
            }
        }

        quiet?.SetResult();
    }

    /// <summary>Appends <paramref name="line"/> under the next sequence number.</summary>
    internal void Add(BillLine line)
    {
        lock (_gate)
        {
            _lines.Add(line with { Sequence = _lines.Count + 1 });
            _total += line.PicoUsd;
        }
    }
}
