using System.IO.MemoryMappedFiles;

namespace Wye.Sqlite.Calls;

/// <summary>A part of a file as memory. One thread at a time.</summary>
internal sealed unsafe class MappedPart : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    /// <summary>Takes the view over.</summary>
    public MappedPart(MemoryMappedViewAccessor view)
    {
        _view = view;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += view.PointerOffset;
    }

    /// <summary>All of it; not to be kept beyond the part.</summary>
    /// <exception cref="ObjectDisposedException">The part is gone, and the memory with it.</exception>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new(_start, checked((int)_view.Capacity));
        }
    }

    public void Dispose()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
