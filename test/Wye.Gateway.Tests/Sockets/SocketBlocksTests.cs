using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Wye.Gateway.Sockets;

/// <summary>The server's buffers hold most requests in one piece.</summary>
public sealed class SocketBlocksTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void TheServer_TakesItsBuffersHere() =>
        gateway.Host.Services.GetRequiredService<IMemoryPoolFactory<byte>>().ShouldBeOfType<SocketBlocks>();

    [Theory]
    [InlineData(-1, SocketBlocks.BlockSize)]
    [InlineData(1, SocketBlocks.BlockSize)]
    [InlineData(SocketBlocks.BlockSize + 1, SocketBlocks.BlockSize + 1)]
    public void ABuffer_HoldsARequestOrWhatIsAskedFor(int asked, int least)
    {
        using var blocks = new SocketBlocks();
        var pool = blocks.Create();
        using var block = pool.Rent(asked);

        block.Memory.Length.ShouldBeGreaterThanOrEqualTo(least);
        pool.MaxBufferSize.ShouldBeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void ABufferThatCameBack_IsTakenAgain()
    {
        using var blocks = new SocketBlocks();
        var first = blocks.Rent(4096);
        var array = ArrayOf(first);
        first.Dispose();
        using var second = blocks.Rent(4096);

        ArrayOf(second).ShouldBeSameAs(array);
    }

    private static byte[] ArrayOf(IMemoryOwner<byte> block) =>
        MemoryMarshal.TryGetArray<byte>(block.Memory, out var segment)
            ? segment.Array!
            : throw new InvalidOperationException("not an array");
}
