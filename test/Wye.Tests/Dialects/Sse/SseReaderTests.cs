using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Wye.Dialects.Sse;

public class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "a|b")]
    [InlineData("data: a\r\rdata: b\r\r", "a|b")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\n\n", "")]
    [InlineData(": comment\n\n: more\ndata: a\n: inside\n\n", "a")]
    [InlineData("event: ping\ndata: a\n\ndata: b\n\n", "ping=a|b")]
    [InlineData("event: only a name\n\ndata: b\n\n", "b")]
    [InlineData("id: 7\nretry: 10\nunknown: x\ndata: a\n\n", "a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("\n\n\ndata: a\n\n\n\n", "a")]
    [InlineData("data: a\n\ndata: b\n", "a|b?")]
    [InlineData("data: a\n\ndata: b", "a|b?")]
    [InlineData("", "")]
    public async Task Reader_FollowsTheEventStreamGrammar(string stream, string expected) =>
        (await ReadAsync(stream)).ShouldBe(expected.Length == 0 && stream.Length == 0 ? [] : expected.Split('|'));

    [Fact]
    public async Task Reader_GivesTheSame_HoweverTheBytesAreSplit()
    {
        const string Stream =
            "\uFEFF: hi\r\ndata: é😀\r\n\r\nevent: x\ndata: 1\ndata: 2\n\n\rdata: end\r\rdata: [DONE]\r\n\r\ndata: rest";
        var bytes = Encoding.UTF8.GetBytes(Stream);
        var whole = await ReadAsync(Stream);
        whole.ShouldBe(["é😀", "x=1\n2", "end", "[DONE]", "rest?"]);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                (await ReadAsync(new SplitStream(bytes, first, second))).ShouldBe(whole);
            }
        }

        (await ReadAsync(SplitStream.ByteByByte(bytes))).ShouldBe(whole);
    }

    [Fact]
    public void Reader_NeverThrows_WhateverTheBytesAndTheirSplit() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                {
                    // Few different bytes, so that lines, fields and breaks do occur.
                    var alphabet = "data:event \r\n[D]x"u8.ToArray();
                    var stream = bytes.Select(b => alphabet[b % alphabet.Length]).ToArray();
                    var whole = ReadAsync(new SplitStream(stream, 0, 0)).GetAwaiter().GetResult();
                    ReadAsync(SplitStream.ByteByByte(stream)).GetAwaiter().GetResult().ShouldBe(whole);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(7, 4711));

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Reader_BoundsALine(int length, bool taken)
    {
        var events = await ReadAsync("data: " + new string('x', length - 6) + "\n\n", maxLineBytes: 100);
        events[^1].ShouldBe(taken ? new string('x', 94) : "too large");
    }

    [Fact]
    public async Task Reader_BoundsALineThatNeverEnds()
    {
        using var reader = new SseReader(new EndlessStream(), 1024 * 1024);
        (await reader.ReadAsync(default)).Status.ShouldBe(SseStatus.TooLarge);
        reader.BytesRead.ShouldBeLessThan(3 * 1024 * 1024);
    }

    [Fact]
    public async Task Reader_BoundsAnEventOfManyLines()
    {
        var many = string.Concat(Enumerable.Repeat("data: 0123456789\n", 20)) + "\n";
        (await ReadAsync(many, maxLineBytes: 100)).ShouldBe(["too large"]);
    }

    private static Task<List<string>> ReadAsync(string stream, int maxLineBytes = SseReader.DefaultMaxLineBytes) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(stream)), maxLineBytes);

    private static async Task<List<string>> ReadAsync(Stream stream, int maxLineBytes = SseReader.DefaultMaxLineBytes)
    {
        using var reader = new SseReader(stream, maxLineBytes);
        List<string> events = [];
        while (true)
        {
            var next = await reader.ReadAsync(default);
            switch (next.Status)
            {
                case SseStatus.End:
                    return events;
                case SseStatus.TooLarge:
                    events.Add("too large");
                    return events;
                default:
                    var name = next.Name is null ? "" : next.Name + "=";
                    var data = Encoding.UTF8.GetString(next.Data.Span);
                    events.Add(name + data + (next.Status == SseStatus.Unfinished ? "?" : ""));
                    break;
            }
        }
    }
}
