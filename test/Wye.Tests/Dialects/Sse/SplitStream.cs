namespace Wye.Dialects.Sse;

/// <summary>Gives its bytes in the pieces it is told, as a network does.</summary>
internal sealed class SplitStream(byte[] bytes, params int[] cuts) : MemoryStream(bytes)
{
    public static SplitStream ByteByByte(byte[] bytes) => new(bytes, [.. Enumerable.Range(0, bytes.Length + 1)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var next = cuts.FirstOrDefault(cut => cut > Position, (int)Length);
        var size = Math.Min(buffer.Length, next - (int)Position);
        return ValueTask.FromResult(Read(buffer.Span[..size]));
    }
}
