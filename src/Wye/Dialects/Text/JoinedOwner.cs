using System.Buffers;

namespace Wye.Dialects.Text;

/// <summary>Disposes two buffers as one; its memory is the first one's.</summary>
internal sealed class JoinedOwner(IMemoryOwner<byte> first, IDisposable second) : IMemoryOwner<byte>
{
    /// <inheritdoc/>
    public Memory<byte> Memory => first.Memory;

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
