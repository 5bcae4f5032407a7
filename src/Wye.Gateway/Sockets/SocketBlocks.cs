using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Wye.Gateway.Sockets;

/// <summary>
/// Buffers of the server's sockets, large enough for most requests. The server's own are of 4 KB: it reads a body of 20 KB by six
/// pairs of system calls, and after each the reader that waits for the whole has its turn.
/// </summary>
/// <remarks>
/// A connection holds a buffer only while there are bytes that nobody has read yet or that are still to be sent. What comes back is
/// kept by the shared array pool, the latest first, so that a busy thread has it in its cache.
/// </remarks>
internal sealed class SocketBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>Bytes of a buffer.</summary>
    public const int BlockSize = 32 * 1024;

    /// <inheritdoc/>
    public override int MaxBufferSize => Shared.MaxBufferSize;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockSize));

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
