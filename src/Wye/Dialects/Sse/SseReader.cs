using System.Buffers;
using System.Text;

namespace Wye.Dialects.Sse;

/// <summary>
/// Reads server-sent events as they arrive: lines end in CRLF, LF or CR; comments, ids and retry times are skipped. How the
/// bytes are split over reads changes nothing. One read at a time; the stream stays its owner's.
/// </summary>
/// <remarks>It waits for nothing itself, so that who reads events suspends once for each, not twice.</remarks>
/// <param name="source">The stream.</param>
/// <param name="maxLineBytes">Largest line, and largest payload of one event, in bytes.</param>
internal sealed class SseReader(Stream source, int maxLineBytes = SseReader.DefaultMaxLineBytes) : IDisposable
{
    /// <summary>1 MiB.</summary>
    public const int DefaultMaxLineBytes = 1024 * 1024;

    // What the HTTP client reads at once, and what an event usually holds: hundreds of streams have them at the same time.
    private const int FirstBuffer = 4 * 1024;
    private const int FirstEvent = 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private readonly PooledBuffer _data = new(FirstEvent);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _skipLineFeed;
    private bool _firstLine = true;
    private bool _ended;
    private bool _hasData;
    private bool _given;
    private string? _name;
    private string? _lastName;

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next event of what was read; false = more must be read first, by <see cref="FillAsync"/>.</summary>
    public bool TryRead(out SseEvent next)
    {
        if (_given)
        {
            Reset();
        }

        _given = TryFind(out next);
        return _given;
    }

    /// <summary>Reads more of the stream; <see cref="Filled"/> is told what came.</summary>
    public ValueTask<int> FillAsync(CancellationToken cancellationToken) =>
        source.ReadAsync(MakeRoom(), cancellationToken);

    /// <summary>Takes what <see cref="FillAsync"/> read.</summary>
    /// <param name="read">Bytes; 0 = the stream is over.</param>
    public void Filled(int read)
    {
        _ended = read == 0;
        _end += read;
        BytesRead += read;
    }

    /// <summary>Returns the buffers; no read may run.</summary>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _data.Dispose();
    }

    private bool TryFind(out SseEvent next)
    {
        while (TryTakeLine(out var line))
        {
            if (line.Length > maxLineBytes || _data.Length + line.Length > maxLineBytes)
            {
                next = new SseEvent(SseStatus.TooLarge, null, default);
                return true;
            }

            if (Take(_buffer.AsSpan(line.Start, line.Length)))
            {
                next = new SseEvent(SseStatus.Event, _name, _data.Written);
                return true;
            }
        }

        next =
            _end - _start > maxLineBytes ? new SseEvent(SseStatus.TooLarge, null, default)
            : _ended ? Rest()
            : default;
        return _ended || next.Status == SseStatus.TooLarge;
    }

    private void Reset()
    {
        _data.Clear();
        _hasData = false;
        _name = null;
    }

    private bool TryTakeLine(out (int Start, int Length) line)
    {
        if (_skipLineFeed && _start < _end)
        {
            // The line ended in CR and was handed out at once; its LF may come much later.
            _skipLineFeed = false;
            _start += _buffer[_start] == (byte)'\n' ? 1 : 0;
            _scanned = 0;
        }

        var unseen = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned);
        var at = unseen.IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            _scanned = _end - _start;
            line = default;
            return false;
        }

        line = (_start, _scanned + at);
        _skipLineFeed = unseen[at] == (byte)'\r';
        _start += _scanned + at + 1;
        _scanned = 0;
        return true;
    }

    /// <summary>Takes one line; true = an event is complete.</summary>
    private bool Take(ReadOnlySpan<byte> line)
    {
        if (_firstLine)
        {
            _firstLine = false;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        if (line.IsEmpty)
        {
            if (_hasData)
            {
                return true;
            }

            Reset();
            return false;
        }

        var colon = line.IndexOf((byte)':');
        var field = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        if (field.SequenceEqual("data"u8))
        {
            if (_hasData)
            {
                _data.Append("\n"u8);
            }

            _data.Append(value);
            _hasData = true;
        }
        else if (field.SequenceEqual("event"u8))
        {
            _name = NameOf(value);
        }

        return false;
    }

    // Names repeat: one string serves as long as the name stays the same.
    private string? NameOf(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        if (_lastName is null || !Ascii.Equals(value, _lastName))
        {
            _lastName = Encoding.UTF8.GetString(value);
        }

        return _lastName;
    }

    private SseEvent Rest()
    {
        if (_end > _start)
        {
            _ = Take(_buffer.AsSpan(_start, _end - _start));
            _start = _end;
            _scanned = 0;
        }

        return _hasData
            ? new SseEvent(SseStatus.Unfinished, _name, _data.Written)
            : new SseEvent(SseStatus.End, null, default);
    }

    /// <summary>Room behind what was read and not yet taken.</summary>
    private Memory<byte> MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_end);
    }
}
