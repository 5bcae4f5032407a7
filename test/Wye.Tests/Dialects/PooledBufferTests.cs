namespace Wye.Dialects;

public class PooledBufferTests
{
    [Fact]
    public void Buffer_KeepsWhatWasWritten_WhenItGrows()
    {
        using var buffer = new PooledBuffer(16);
        var expected = new List<byte>();
        for (var i = 0; i < 1000; i++)
        {
            buffer.Append([(byte)i, (byte)(i / 2)]);
            expected.AddRange([(byte)i, (byte)(i / 2)]);
        }

        buffer.Written.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void Buffer_MayBeDisposedTwice()
    {
        var buffer = new PooledBuffer();
        buffer.Dispose();
        buffer.Dispose();
        buffer.Length.ShouldBe(0);
    }
}
