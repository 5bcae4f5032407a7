using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Sse;
using Wye.Primitives;
using Wye.Testing;
using OpenAiWire = Wye.Dialects.OpenAi.Wire;

namespace Wye.Dialects;

/// <summary>Token log-probabilities that a gate reads: asked for, read, and taken out of what the caller gets.</summary>
public class LogProbTests
{
    private const string First =
        """{"token":"a\"","logprob":-0.25,"bytes":null,"top_logprobs":[{"token":"a","logprob":-0.25},{"token":"b","logprob":-2}]}""";
    private const string Second = """{"token":"é","logprob":-1.5,"top_logprobs":[]}""";
    private const string Third = """{"token":"!","logprob":-0.5,"top_logprobs":[{"token":"!","logprob":-0.5}]}""";

    private static readonly string Whole = $$$"""
        { "id":"c1", "choices":[ {"index":0,"logprobs": {"content":[{{{First}}},{{{Second}}},{{{Third}}}],"refusal":null} ,"message":{"role":"assistant","content":"aé! \"logprobs\":{}"},"finish_reason":"stop"},
        {"index":1,"message":{"role":"assistant","content":"b"},"finish_reason":"stop","logprobs":{"content":[{"token":"b","logprob":-9}]}} ], "usage":{"prompt_tokens":1,"completion_tokens":3} }
        """;

    private static readonly string Stream =
        Event($$$"""{"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null}]}""")
        + Event(
            $$$"""{"id":"c1","choices":[{"index":0,"delta":{"content":"aé"},"logprobs":{"content":[{{{First}}},{{{Second}}}]},"finish_reason":null}]}"""
        )
        + Event(
            $$$"""{"id":"c1","choices":[{"index":1,"logprobs":{"content":[{"token":"b","logprob":-9}]},"delta":{"content":"b"}}]}"""
        )
        + Event(
            $$$"""{"id":"c1","choices":[{"index":0,"delta":{"content":"!"},"logprobs":{"content":[{{{Third}}}]}}]}"""
        )
        + Event("""{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
        + Event("[DONE]");

    private static readonly TokenConfidence Expected = new(3, -0.75, -1.5, (Mass(-0.25) + Mass(-2) + Mass(-0.5)) / 2)
    {
        WithAlternatives = 2,
    };

    private static string Event(string data) => $"data: {data}\n\n";

    private static double Mass(double logprob) => -Math.Exp(logprob) * logprob;

    private static void ShouldBeExpected(TokenConfidence? confidence)
    {
        var read = confidence.ShouldNotBeNull();
        read.Tokens.ShouldBe(3);
        read.Mean.ShouldBe(Expected.Mean, 1e-12);
        read.Least.ShouldBe(Expected.Least);
        read.Entropy!.Value.ShouldBe(Expected.Entropy!.Value, 1e-12);
    }

    private static ChatReply Reply(LogProbUse use)
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        OpenAiWire
            .Dialect.TryReadReply(OpenAiWire.Owned(bytes), bytes.Length, use, out var reply, out var error)
            .ShouldBeTrue(error?.Message);
        return reply!;
    }

    [Theory]
    [InlineData(LogProbUse.Relay)]
    [InlineData(LogProbUse.Read)]
    public void WhatTheCallerAskedFor_StaysInTheAnswer(LogProbUse use)
    {
        using var reply = Reply(use);

        OpenAiWire.Text(reply.Body).ShouldBe(Whole);
        ShouldBeExpected(reply.Answers!.Read(reply).Confidence);
    }

    [Fact]
    public void WhatOnlyAGateReads_IsTakenOut_AndEveryOtherByteStays()
    {
        using var reply = Reply(LogProbUse.Ask);

        OpenAiWire
            .Text(reply.Body)
            .ShouldBe(
                """
                { "id":"c1", "choices":[ {"index":0,"logprobs": null ,"message":{"role":"assistant","content":"aé! \"logprobs\":{}"},"finish_reason":"stop"},
                {"index":1,"message":{"role":"assistant","content":"b"},"finish_reason":"stop","logprobs":null} ], "usage":{"prompt_tokens":1,"completion_tokens":3} }
                """
            );
        OpenAiWire.Text(reply.Text).ShouldBe("aé! \"logprobs\":{}");
        ShouldBeExpected(reply.Answers!.Read(reply).Confidence);
    }

    [Theory]
    [InlineData(LogProbUse.Relay)]
    [InlineData(LogProbUse.Read)]
    [InlineData(LogProbUse.Ask)]
    public async Task AStream_IsReadTheSame_WhereverItIsSplit(LogProbUse use)
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var (confidence, text) = await ReadAsync(OpenAiWire.Dialect, new SplitStream(bytes, cut), use);
            if (use == LogProbUse.Relay)
            {
                confidence.ShouldBeNull();
            }
            else
            {
                ShouldBeExpected(confidence);
            }

            text.Contains("-1.5", StringComparison.Ordinal).ShouldBe(use != LogProbUse.Ask, $"cut at {cut}");
            text.Contains("-9", StringComparison.Ordinal).ShouldBe(use != LogProbUse.Ask);
        }
    }

    [Fact]
    public async Task AStream_ByteByByte_KeepsEveryOtherByte()
    {
        var stream = SplitStream.ByteByByte(Encoding.UTF8.GetBytes(Stream));

        var (confidence, text) = await ReadAsync(OpenAiWire.Dialect, stream, LogProbUse.Ask);

        ShouldBeExpected(confidence);
        text.ShouldBe(
            """
            {"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null}]}
            {"id":"c1","choices":[{"index":0,"delta":{"content":"aé"},"logprobs":null,"finish_reason":null}]}
            {"id":"c1","choices":[{"index":1,"logprobs":null,"delta":{"content":"b"}}]}
            {"id":"c1","choices":[{"index":0,"delta":{"content":"!"},"logprobs":null}]}
            {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            [DONE]

            """
        );
    }

    [Theory]
    [InlineData("""{"choices":[{"logprobs":[1,2]},7,{"logprobs":{"content":7}}]}""")]
    [InlineData("""{"choices":{"logprobs":1},"logprobs":{"content":[{"logprob":-1}]}}""")]
    [InlineData("""{"choices":[{"logprobs":{"content":[{"logprob":0.5},{"logprob":1e999},{"logprob":"-1"},{}]}}]}""")]
    public void WhatIsNoLogProbability_SaysNothing(string chunk) =>
        OpenAiWire.Dialect.CreateFrameReader(LogProbUse.Ask).Read(null, A.Bytes(chunk)).Confidence.ShouldBeNull();

    [Theory]
    [InlineData("\"n\":1", 0, "\"n\":1,\"logprobs\":true")]
    [InlineData("\"n\":1", 5, "\"n\":1,\"logprobs\":true,\"top_logprobs\":5")]
    [InlineData("\"logprobs\": false ,\"n\":1", 0, "\"logprobs\": true ,\"n\":1")]
    [InlineData("\"logprobs\":null,\"n\":1", 5, "\"logprobs\":true,\"n\":1,\"top_logprobs\":5")]
    [InlineData("\"top_logprobs\":null,\"n\":1", 5, "\"top_logprobs\":5,\"n\":1,\"logprobs\":true")]
    public void TheyAreAskedFor_OnceEach(string asked, int alternatives, string sent)
    {
        var call = new ChatCall(OpenAiWire.Read(OpenAiWire.Body(asked)), new RequestId("r"), 1)
        {
            LogProbs = LogProbUse.Ask,
            TopLogProbs = alternatives,
        };

        OpenAiWire.Write(call, "auto").ShouldBe(OpenAiWire.Body(sent));
        OpenAiWire.Write(call with { LogProbs = LogProbUse.Read }, "auto").ShouldBe(OpenAiWire.Body(asked));
    }

    [Fact]
    public void ACallerOfAnotherDialect_IsAskedForToo()
    {
        using var asked = Faces.Read(
            Faces.Anthropic,
            """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        var call = new ChatCall(asked, new RequestId("r"), 1) { LogProbs = LogProbUse.Ask, TopLogProbs = 5 };

        var chat = Sent(OpenAiWire.Dialect, call);
        chat.GetProperty("logprobs").GetBoolean().ShouldBeTrue();
        chat.GetProperty("top_logprobs").GetInt32().ShouldBe(5);
        var gemini = Sent(Faces.Gemini, call).GetProperty("generationConfig");
        gemini.GetProperty("responseLogprobs").GetBoolean().ShouldBeTrue();
        gemini.GetProperty("logprobs").GetInt32().ShouldBe(5);
        Sent(Faces.Gemini, call with { LogProbs = LogProbUse.Relay })
            .GetProperty("generationConfig")
            .TryGetProperty("responseLogprobs", out _)
            .ShouldBeFalse();
    }

    [Fact]
    public async Task GeminisResults_AreReadFromAnswersAndStreams()
    {
        static string Piece(string text, string chosen, string top, string more = "") =>
            $$$"""{"candidates":[{"content":{"parts":[{"text":"{{{text}}}"}]},"avgLogprobs":-9,"logprobsResult":{"chosenCandidates":[{{{chosen}}}],"topCandidates":[{{{top}}}]}{{{more}}}}]}""";

        const string A1 = """{"token":"a","logProbability":-0.25},{"token":"é","logProbability":-1.5}""";
        const string T1 =
            """{"candidates":[{"token":"a","logProbability":-0.25},{"token":"b","logProbability":-2}]},{"candidates":[]}""";
        const string A2 = """{"token":"!","logProbability":-0.5}""";
        const string T2 = """{"candidates":[{"token":"!","logProbability":-0.5}]}""";
        var whole = Piece("aé!", $"{A1},{A2}", $"{T1},{T2}", ",\"finishReason\":\"STOP\"");
        var bytes = Encoding.UTF8.GetBytes(whole);
        Faces
            .Gemini.TryReadReply(OpenAiWire.Owned(bytes), bytes.Length, LogProbUse.Ask, out var reply, out _)
            .ShouldBeTrue();
        ShouldBeExpected(reply!.Answers!.Read(reply).Confidence);
        reply.Dispose();

        var stream = Encoding.UTF8.GetBytes(
            Event(Piece("aé", A1, T1)) + Event(Piece("!", A2, T2, ",\"finishReason\":\"STOP\""))
        );
        for (var cut = 1; cut < stream.Length; cut++)
        {
            ShouldBeExpected((await ReadAsync(Faces.Gemini, new SplitStream(stream, cut), LogProbUse.Ask)).Confidence);
        }
    }

    private static JsonElement Sent(IProviderDialect dialect, in ChatCall call)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        dialect.WriteRequest(call, "upstream", output);
        return JsonElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static async Task<(TokenConfidence? Confidence, string Text)> ReadAsync(
        IProviderDialect dialect,
        Stream stream,
        LogProbUse use
    )
    {
        using var events = new SseReader(stream, 1_000_000);
        var frames = dialect.CreateFrameReader(use);
        TokenConfidence? confidence = null;
        var text = new StringBuilder();
        while (true)
        {
            var next = await events.ReadAsync(CancellationToken.None);
            if (next.Status == SseStatus.End)
            {
                return (confidence, text.ToString());
            }

            var frame = frames.Read(next.Name, next.Data);
            text.Append(Encoding.UTF8.GetString(frame.Data.Span)).Append('\n');
            if (frame.Confidence is { } sure)
            {
                confidence = confidence?.With(sure) ?? sure;
            }
        }
    }
}
