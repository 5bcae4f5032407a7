using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Sse;

namespace Wye.Dialects.Recordings;

/// <summary>
/// More than 200 streams of our own making, cut at every byte: the events read are the same wherever the cut, in the same
/// dialect every byte is relayed, and in any other the canonical events say what the stream says.
/// </summary>
public class RecordingTests
{
    // The events are compared at every cut; relay and canonical form, which see nothing but events, at every 32nd.
    private const int Stride = 32;

    public static TheoryData<string> Dialects => new("openai", "anthropic", "gemini");

    [Fact]
    public void Recordings_AreMoreThanTwoHundred_AndTheSameEveryTime()
    {
        var all = RecordingBuilder.All().ToList();
        all.Count.ShouldBeGreaterThanOrEqualTo(200);
        all.Select(one => one.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(all.Count);
        foreach (var (one, again) in all.Zip(RecordingBuilder.All()))
        {
            one.Bytes.AsSpan().SequenceEqual(again.Bytes).ShouldBeTrue(one.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task EveryByteSplit_GivesTheSameEvents_TheSameRelay_TheSameMeaning(string dialect)
    {
        foreach (var recording in RecordingBuilder.All().Where(one => one.Dialect == dialect))
        {
            var whole = await EventsAsync(new MemoryStream(recording.Bytes));
            await CheckAsync(recording, new MemoryStream(recording.Bytes));
            await CheckAsync(recording, SplitStream.ByteByByte(recording.Bytes));
            for (var cut = 1; cut < recording.Bytes.Length; cut++)
            {
                var events = await EventsAsync(new SplitStream(recording.Bytes, cut));
                events.AsSpan().SequenceEqual(whole).ShouldBeTrue($"{recording.Name}, cut at {cut}");
                if (cut % Stride == 0)
                {
                    await CheckAsync(recording, new SplitStream(recording.Bytes, cut));
                }
            }
        }
    }

    private static async Task CheckAsync(Recording recording, Stream stream)
    {
        using var sse = new SseReader(stream);
        using var asked = Faces.Read(
            Faces.OpenAi,
            """{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}"""
        );
        var provider = Faces.Provider(recording.Dialect);
        var reader = provider.CreateFrameReader();
        var relay = (provider as ICallerDialect)?.CreateFrameWriter(asked);
        var relayed = new ArrayBufferWriter<byte>();
        List<ChatEvent> said = [];
        while (true)
        {
            var next = await sse.ReadAsync(default);
            if (next.Status != SseStatus.Event)
            {
                break;
            }

            var frame = reader.Read(next.Name, next.Data);
            frame.Error.ShouldBeNull(recording.Name);
            if (frame.Has(ChatFrameKinds.End))
            {
                relay?.WriteEnd(frame, relayed);
                break;
            }

            frame.Events!.Read(frame, said);
            relay?.Write(frame, relayed);
        }

        SummaryOf(said).ShouldBe(recording.Said.ToString(), recording.Name);
        said.Last(one => one.Kind == ChatEventKind.Usage).Usage!.Value.OutputTokens.ShouldBe(7, recording.Name);
        if (relay is not null)
        {
            relayed.WrittenSpan.SequenceEqual(recording.Relayed).ShouldBeTrue(recording.Name);
        }
    }

    private static string SummaryOf(List<ChatEvent> said)
    {
        string Join(ChatEventKind kind) => string.Concat(said.Where(one => one.Kind == kind).Select(one => one.Text));
        var calls = said.Where(one => one.Kind == ChatEventKind.ToolStart)
            .Select(start =>
                (
                    start.Name!,
                    string.Concat(
                        said.Where(one => one.Kind == ChatEventKind.ToolArguments && one.Index == start.Index)
                            .Select(one => one.Text)
                    )
                )
            );
        return new RecordedAnswer("")
        {
            Reasoning = Join(ChatEventKind.Reasoning),
            Text = Join(ChatEventKind.Text),
            Calls = [.. calls],
            Finish = said.Single(one => one.Kind == ChatEventKind.Finish).Finish,
        }.ToString();
    }

    private static async Task<byte[]> EventsAsync(Stream stream)
    {
        using var sse = new SseReader(stream);
        var seen = new ArrayBufferWriter<byte>(2048);
        while (true)
        {
            var next = await sse.ReadAsync(default);
            if (next.Status != SseStatus.Event)
            {
                return seen.WrittenSpan.ToArray();
            }

            Encoding.UTF8.GetBytes(next.Name ?? "-", seen);
            seen.Write("\n"u8);
            seen.Write(next.Data.Span);
            seen.Write("\n\n"u8);
        }
    }
}
