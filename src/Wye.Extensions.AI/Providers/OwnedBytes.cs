using System.Buffers;
using System.Runtime.InteropServices;

namespace Wye.Extensions.AI.Providers;

/// <summary>Bytes of the heap for a reader that takes its memory over.</summary>
internal sealed class OwnedBytes(ReadOnlyMemory<byte> bytes) : IMemoryOwner<byte>
{
    public Memory<byte> Memory { get; } = MemoryMarshal.AsMemory(bytes);

    public void Dispose() { }
}
