using Microsoft.AspNetCore.Http;

namespace Wye.Gateway.Http;

public class PooledBodyTests
{
    private const int Limit = 32 * 1024 * 1024;

    [Fact]
    public async Task AStatedLength_TakesNoMemoryBeforeTheBytesAreThere()
    {
        await using var sent = new MeasuredStream(new byte[10]);
        var http = Request(sent, stated: Limit);
        var (body, error) = await PooledBody.ReadAsync(http, Limit);
        using (body)
        {
            error.ShouldBeNull();
            body!.Memory.Length.ShouldBe(10);
        }

        sent.LargestRoom.ShouldBeLessThanOrEqualTo(1024 * 1024);
    }

    [Theory]
    [InlineData(3_000_000, true)]
    [InlineData(3_000_000, false)]
    [InlineData(1024 * 1024, true)]
    public async Task ALargeBody_IsReadWhole(int length, bool isStated)
    {
        var bytes = new byte[length];
        new Random(5).NextBytes(bytes);
        await using var sent = new MeasuredStream(bytes);
        var (body, error) = await PooledBody.ReadAsync(Request(sent, isStated ? length : null), Limit);
        using (body)
        {
            error.ShouldBeNull();
            body!.Memory.Span.SequenceEqual(bytes).ShouldBeTrue();
        }
    }

    private static DefaultHttpContext Request(Stream body, long? stated)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = body;
        http.Request.ContentLength = stated;
        return http;
    }

    /// <summary>Notes how much room its reader offers.</summary>
    private sealed class MeasuredStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int LargestRoom { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestRoom = Math.Max(LargestRoom, buffer.Length);
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
