using Wye.Load.Sockets;

namespace Wye.Load;

/// <summary>
/// Requests at a fixed rate, whatever the answers do: a time counts from when its request was due, so a gateway that stands
/// still is seen in all of them.
/// </summary>
internal sealed class RateLoad
{
    private const long Warmup = EventLoop.Second;
    private const long Patience = 30 * EventLoop.Second;

    private readonly EventLoop _loop;
    private readonly Target _target;
    private readonly byte[] _request;
    private readonly Samples _samples = new();
    private readonly Stack<One> _idle = [];
    private readonly long _begin;
    private readonly long _calls;
    private readonly double _interval;
    private long _sent;
    private long _ended;
    private long _failed;

    private RateLoad(EventLoop loop, Target target, double perSecond, double seconds)
    {
        (_loop, _target, _request) = (loop, target, target.Request(stream: false));
        _interval = EventLoop.Second / perSecond;
        _calls = (long)Math.Ceiling(Warmup / _interval + seconds * perSecond);
        _begin = loop.Now;
    }

    public static int Run(Target target, double perSecond, double seconds)
    {
        using var loop = new EventLoop();
        new RateLoad(loop, target, perSecond, seconds).Run();
        return 0;
    }

    private void Run()
    {
        SendNext();
        _loop.Run(() => _ended == _calls, Due(_calls) + Patience);
        _samples.Print("call");
        Samples.Print("calls", _calls);
        Samples.Print("errors", _failed + (_calls - _ended));
    }

    private long Due(long number) => _begin + (long)(number * _interval);

    private void SendNext()
    {
        if (!_idle.TryPop(out var one))
        {
            one = new One(this);
        }

        one.Send(Due(_sent++));
        if (_sent < _calls)
        {
            _loop.At(Due(_sent), SendNext);
        }
    }

    /// <summary>A connection, with one call at a time.</summary>
    private sealed class One
    {
        private readonly RateLoad _load;
        private readonly Connection _connection;
        private long _due;

        public One(RateLoad load)
        {
            _load = load;
            _connection = new Connection(load._loop, load._target, load._request) { Ended = End };
        }

        public void Send(long due)
        {
            _due = due;
            _connection.Send();
        }

        private void End(int status)
        {
            _load._ended++;
            if (_due >= _load._begin + Warmup)
            {
                _load._samples.Add((_load._loop.Now - _due) / 1e3);
            }

            if (status != 200)
            {
                _load._failed++;
            }

            _load._idle.Push(this);
        }
    }
}
