namespace Wye.Gateway;

/// <summary>
/// Gives back to the system what the start and every load leave behind, once no call runs. The runtime by itself collects when
/// something new is allocated, which in an idle gateway never comes. Acts on the whole process.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    /// <summary>From the start to the first look: nobody has waited long by then, and a load that came at once is seen.</summary>
    public static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);

    /// <summary>Between looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Without a call or a collection for so long, it is idle: requests that are refused are no calls, yet they leave something
    /// behind. Memory given back at every short pause would be asked for again.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Between two times that native code's free memory is returned, also while calls run.</summary>
    public static readonly TimeSpan TrimPeriod = TimeSpan.FromMinutes(1);

    private readonly GatewayDrain _drain;
    private readonly TimeProvider _time;
    private readonly Action _prepare;
    private readonly Action _giveBack;
    private readonly Action _letGo;
    private readonly Action _trim;
    private readonly Func<int> _collections;
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
    /// <param name="giveBack">What is done; null = a collection that returns all it can, some ten milliseconds.</param>
    /// <param name="letGo">What is done after it, and at the first look even where calls run; null = <see cref="MappedFiles.LetGo"/>.</param>
    /// <param name="trim">What is done after it, and once a minute even where calls run; null = <see cref="NativeHeap.Trim()"/>.</param>
    /// <param name="collections">How often the runtime has collected; null = <see cref="GC.CollectionCount(int)"/>.</param>
    public IdleMemory(
        GatewayDrain drain,
        TimeProvider time,
        Action prepare,
        Action? giveBack = null,
        Action? letGo = null,
        Action? trim = null,
        Func<int>? collections = null
    )
    {
        _drain = drain;
        _time = time;
        _prepare = prepare;
        _giveBack = giveBack ?? Collect;
        _letGo = letGo ?? (static () => MappedFiles.LetGo());
        _trim = trim ?? (static () => NativeHeap.Trim());
        _collections = collections ?? (static () => GC.CollectionCount(0));
        _trimmedAt = time.GetTimestamp();
        _timer = time.CreateTimer(static idle => ((IdleMemory)idle!).Look(), this, AfterStart, Period);
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

        var (begun, running) = _drain.Count();
        var collected = _collections();
        var now = _time.GetTimestamp();
        var isStart = isFirst && running == 0;
        if (running > 0 || begun != _seen || collected != _collected)
        {
            (_seen, _collected, _seenAt, _owes) = (begun, collected, now, true);
        }

        var isIdle = isStart || (_owes && _time.GetElapsedTime(_seenAt, now) >= Quiet);
        if (isIdle)
        {
            _owes = false;
            _giveBack();
            _collected = _collections();
        }

        if (isFirst || isIdle)
        {
            _letGo();
        }

        if (isIdle || _time.GetElapsedTime(_trimmedAt, now) >= TrimPeriod)
        {
            _trimmedAt = now;
            _trim();
        }
    }

    private static void Collect() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
