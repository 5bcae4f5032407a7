using Wye.Load.Sockets;

namespace Wye.Load;

/// <summary>
/// Concurrent streams, each begun anew when it ends. The upstream writes its clock into every chunk; what a chunk took from
/// there to here is its delay. Both read the machine's one monotonic clock.
/// </summary>
internal sealed class StreamLoad
{
    private const long Patience = 30 * EventLoop.Second;

    private readonly EventLoop _loop;
    private readonly Samples _delays = new();
    private readonly long _until;
    private long _chunks;
    private int _whole;
    private int _broken;
    private int _running;

    private StreamLoad(EventLoop loop, double seconds)
    {
        _loop = loop;
        _until = loop.Now + (long)(seconds * EventLoop.Second);
    }

    public static int Run(Target target, int streams, double seconds)
    {
        using var loop = new EventLoop();
        var load = new StreamLoad(loop, seconds);
        load.Run(target.Request(stream: true), target, streams);
        return 0;
    }

    private void Run(byte[] request, Target target, int streams)
    {
        var begin = _loop.Now;
        for (var number = 0; number < streams; number++)
        {
            // Spread over the first second, so that the chunks of all streams do not fall together.
            var stream = new One(this, target, request);
            _loop.At(begin + number * EventLoop.Second / streams, stream.Send);
            _running++;
        }

        _loop.Run(() => _running == 0, _until + Patience);
        _broken += _running;
        _delays.Print("chunk");
        Samples.Print("chunks", _chunks);
        Samples.Print("streams", _whole);
        Samples.Print("errors", _broken);
        var ended = (_whole + _broken) * (long)PacedUpstream.Chunks;
        Samples.Print("delivered", ended == 0 ? 0 : (double)_chunks / ended);
    }

    /// <summary>One of the streams.</summary>
    private sealed class One
    {
        private readonly StreamLoad _load;
        private readonly Connection _connection;
        private readonly MarkReader _marks;
        private int _got;

        public One(StreamLoad load, Target target, byte[] request)
        {
            _load = load;
            _marks = new MarkReader(Chunk);
            _connection = new Connection(load._loop, target, request) { Body = _marks.Read, Ended = End };
        }

        public void Send() => _connection.Send();

        private void Chunk(long sent)
        {
            _got++;
            _load._delays.Add((_load._loop.Now - sent) / 1e3);
        }

        private void End(int status)
        {
            _load._chunks += _got;
            if (status == 200 && _got == PacedUpstream.Chunks)
            {
                _load._whole++;
            }
            else
            {
                _load._broken++;
            }

            _got = 0;
            if (_load._loop.Now < _load._until)
            {
                // Not from within: where nobody listens it would go ever deeper.
                _load._loop.At(_load._loop.Now, Send);
            }
            else
            {
                _load._running--;
            }
        }
    }
}
