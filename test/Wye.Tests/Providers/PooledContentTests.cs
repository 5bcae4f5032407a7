using System.Net.Http;
using Wye.Dialects;

namespace Wye.Providers;

public class PooledContentTests
{
    [Fact]
    public async Task Content_KeepsItsMemory_WhileASendStillReadsIt()
    {
        var buffer = new PooledBuffer();
        buffer.Append("body"u8);
        var content = new PooledContent(buffer);
        var slow = new HeldStream();
        var sending = content.CopyToAsync(slow);
        content.Dispose();
        buffer.Length.ShouldBe(4, "the send is not over");
        slow.Release();
        await sending;
        buffer.Length.ShouldBe(0, "the memory went back");
        await Should.ThrowAsync<ObjectDisposedException>(() => content.CopyToAsync(new MemoryStream()));
    }

    [Fact]
    public async Task Content_CanBeSentAgain_OnAnotherConnection()
    {
        var buffer = new PooledBuffer();
        buffer.Append("body"u8);
        using var content = new PooledContent(buffer);
        for (var i = 0; i < 2; i++)
        {
            using var sent = new MemoryStream();
            await content.CopyToAsync(sent);
            sent.ToArray().ShouldBe("body"u8.ToArray());
        }
    }

    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource _held = new();

        public void Release() => _held.SetResult();

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => await _held.Task;
    }
}
