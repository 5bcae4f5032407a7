using System.Buffers;
using System.Text;

namespace Wye.Dialects.Sse;

public class SseWriterTests
{
    [Fact]
    public void Event_OfUsualSize_AsksItsWriterOnce()
    {
        var output = new CountingWriter();

        SseWriter.WriteEvent(null, "{\"a\":1}"u8, output);

        output.Text.ShouldBe("data: {\"a\":1}\n\n");
        output.Asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(null, 2040)]
    [InlineData(null, 2041)]
    [InlineData(null, 100_000)]
    [InlineData("named", 5)]
    public void Event_OfAnySize_IsFramedAlike(string? name, int length)
    {
        var output = new CountingWriter();
        var data = new string('x', length);

        SseWriter.WriteEvent(name, Encoding.UTF8.GetBytes(data), output);

        output.Text.ShouldBe($"{(name is null ? "" : $"event: {name}\n")}data: {data}\n\n");
    }

    [Fact]
    public void Event_OfSeveralLines_LeavesInSeveralLines()
    {
        var output = new CountingWriter();

        SseWriter.WriteEvent(null, "a\nb\n"u8, output);

        output.Text.ShouldBe("data: a\ndata: b\ndata: \n\n");
    }

    /// <summary>Counts how often it is asked for room.</summary>
    private sealed class CountingWriter : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _written = new();

        public int Asked { get; private set; }

        public string Text => Encoding.UTF8.GetString(_written.WrittenSpan);

        public void Advance(int count) => _written.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Asked++;
            return _written.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
