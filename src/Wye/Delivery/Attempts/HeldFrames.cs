using System.Buffers;
using Wye.Chat;

namespace Wye.Delivery.Attempts;

/// <summary>Copies of frames that came before the first content, in one pooled buffer. Dispose returns it.</summary>
internal sealed class HeldFrames : IDisposable
{
    private readonly List<(ChatFrame Frame, int Start, int Length)> _frames = new(capacity: 2);
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Number of frames held.</summary>
    public int Count => _frames.Count;

    /// <summary>Bytes held, with a flat charge per frame so that empty frames are bounded as well.</summary>
    public int Weight => _used + (_frames.Count * 64);

    /// <summary>A held frame; its memory is valid until this is disposed.</summary>
    public ChatFrame this[int index]
    {
        get
        {
            var (frame, start, length) = _frames[index];
            return frame with { Data = _bytes.AsMemory(start, length) };
        }
    }

    /// <summary>Copies a frame.</summary>
    public void Add(in ChatFrame frame)
    {
        var length = frame.Data.Length;
        if (_used + length > _bytes.Length)
        {
            Grow(_used + length);
        }

        frame.Data.Span.CopyTo(_bytes.AsSpan(_used));
        _frames.Add((frame with { Data = default }, _used, length));
        _used += length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _frames.Clear();
        _used = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _used).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
