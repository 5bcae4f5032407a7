namespace Wye.Gateway;

/// <summary>
/// Keeps the process's memory near what it uses. The runtime by itself collects when something new is allocated, which in an idle
/// gateway never comes, and late when streams have ended. Acts on the whole process.
/// </summary>
internal sealed class ResidentMemory : IDisposable
{
    /// <summary>From the start to the first look: nobody has waited long by then, and a load that came at once is seen.</summary>
    public static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);

    /// <summary>Between looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Without a call or a collection for so long, it is idle: requests that are refused are no calls, yet they leave something
    /// behind. Memory given back at every short pause would be asked for again.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Between two times that file pages and native code's free memory are returned, also while calls run: what the start and the
    /// compiler needed is not needed later.
    /// </summary>
    public static readonly TimeSpan TrimPeriod = TimeSpan.FromMinutes(1);

    private readonly GatewayDrain _drain;
    private readonly TimeProvider _time;
    private readonly Action _prepare;
    private readonly IProcessMemory _memory;
    private readonly HeapGrowth _growth;
    private readonly ITimer _timer;
    private bool _isFirst = true;
    private bool _owes = true;
    private long _seen;
    private int _collected;
    private long _seenAt;
    private long _trimmedAt;

    /// <summary>Begins to look.</summary>
    /// <param name="drain">Knows the calls.</param>
    /// <param name="time">The clock.</param>
    /// <param name="prepare">What is done at the first look, before anything is given back: work that a start need not wait for.</param>
    /// <param name="memory">What is looked at; null = this process's.</param>
    public ResidentMemory(GatewayDrain drain, TimeProvider time, Action prepare, IProcessMemory? memory = null)
    {
        _drain = drain;
        _time = time;
        _prepare = prepare;
        _memory = memory ?? new ProcessMemory();
        _growth = new(time);
        _trimmedAt = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((ResidentMemory)self!).Look(), this, AfterStart, Period);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var isFirst = _isFirst;
        _isFirst = false;
        if (isFirst)
        {
            _prepare();
        }

        var now = _time.GetTimestamp();
        var isIdle = IsIdle(isFirst, now);
        if (isIdle || (_owes && _growth.IsDue(_memory.HeapBytes)))
        {
            var took = _memory.Collect();
            _collected = _memory.Collections;
            _growth.OnCollected(_memory.HeapBytes, took);
        }

        // Once it is idle nothing comes back, so there is nothing to return again.
        var isMinute = _owes && _time.GetElapsedTime(_trimmedAt, now) >= TrimPeriod;
        if (isFirst || isIdle || isMinute)
        {
            _memory.LetGoOfFiles();
        }

        if (isIdle || isMinute)
        {
            _trimmedAt = now;
            _memory.TrimNativeHeap();
        }
    }

    /// <summary>Whether nothing has happened for a while, for the first time since something did.</summary>
    private bool IsIdle(bool isFirst, long now)
    {
        var (begun, running) = _drain.Count();
        var collected = _memory.Collections;
        if (running > 0 || begun != _seen || collected != _collected)
        {
            (_seen, _collected, _seenAt, _owes) = (begun, collected, now, true);
        }

        var isStart = isFirst && running == 0;
        if (!isStart && !(_owes && _time.GetElapsedTime(_seenAt, now) >= Quiet))
        {
            return false;
        }

        _owes = false;
        return true;
    }
}
