using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.Gemini;

public class GeminiAnswerTests
{
    private const string Whole = """
        {"candidates":[{"content":{"role":"model","parts":[{"text":"Hm","thought":true},{"text":"Gr\u00fc"},{"text":"\u00dfe"},{"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"id":"own","name":"g"}}]},"finishReason":"STOP","index":0}],
         "usageMetadata":{"promptTokenCount":19,"cachedContentTokenCount":4,"candidatesTokenCount":7,"thoughtsTokenCount":5,"totalTokenCount":31},"modelVersion":"gemini-x","responseId":"r1"}
        """;

    [Fact]
    public void Reply_IsReadIntoTheView()
    {
        Faces
            .Gemini.TryReadReply(Faces.Owned(Whole), Encoding.UTF8.GetByteCount(Whole), out var reply, out _)
            .ShouldBeTrue();
        Encoding.UTF8.GetString(reply!.Text.Span).ShouldBe("Grüße");
        reply.ToolCallCount.ShouldBe(2);
        reply.Finish.ShouldBe(FinishReason.ToolCalls);
        reply.Usage.ShouldBe(
            new Usage
            {
                InputTokens = 15,
                CacheReadTokens = 4,
                OutputTokens = 12,
                ReasoningTokens = 5,
            }
        );
        reply.Dispose();
    }

    [Fact]
    public void Reply_ReachesAChatCaller()
    {
        using var asked = Faces.Read(Faces.OpenAi, """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""");
        var chat = JsonElement.Parse(Faces.Answer(Faces.Gemini, Faces.OpenAi, asked, Whole));
        var choice = chat.GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        var message = choice.GetProperty("message");
        message.GetProperty("content").GetString().ShouldBe("Grüße");
        message.GetProperty("reasoning_content").GetString().ShouldBe("Hm");
        var calls = message.GetProperty("tool_calls");
        calls[0].GetProperty("id").GetString().ShouldBe("call_r1_3");
        calls[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{\"a\":1}");
        calls[1].GetProperty("id").GetString().ShouldBe("own");
        calls[1].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{}");
        chat.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(12);
    }

    [Theory]
    [InlineData("MAX_TOKENS", FinishReason.Length)]
    [InlineData("SAFETY", FinishReason.ContentFilter)]
    [InlineData("RECITATION", FinishReason.ContentFilter)]
    [InlineData("PROHIBITED_CONTENT", FinishReason.ContentFilter)]
    [InlineData("SPII", FinishReason.ContentFilter)]
    [InlineData("BLOCKLIST", FinishReason.ContentFilter)]
    public void FinishReason_IsRead_EvenWithoutContent(string name, FinishReason expected)
    {
        var body = $$"""{"candidates":[{"finishReason":"{{name}}","index":0}]}""";
        Faces.Gemini.TryReadReply(Faces.Owned(body), body.Length, out var reply, out _).ShouldBeTrue();
        reply!.Finish.ShouldBe(expected);
        reply.Dispose();
        Faces.Gemini.CreateFrameReader().Read(null, A.Bytes(body)).Finish.ShouldBe(expected);
    }

    [Theory]
    [InlineData("MALFORMED_FUNCTION_CALL")]
    [InlineData("UNEXPECTED_TOOL_CALL")]
    [InlineData("OTHER")]
    public void AFinishThatExplainsNothing_IsAFailureWithoutContent_AndOtherwiseRead(string name)
    {
        const string Usage = "\"usageMetadata\":{\"promptTokenCount\":4}";
        var empty = $$"""{"candidates":[{"finishReason":"{{name}}","index":0}],{{Usage}}}""";
        Faces.Gemini.TryReadReply(Faces.Owned(empty), empty.Length, out _, out var error).ShouldBeFalse();
        error!.Kind.ShouldBe(FailureKind.BadResponse);
        error.Usage!.Value.InputTokens.ShouldBe(4);
        var failed = Faces.Gemini.CreateFrameReader().Read(null, A.Bytes(empty));
        failed.Error!.Kind.ShouldBe(FailureKind.BadResponse);
        failed.Usage!.Value.InputTokens.ShouldBe(4, "the provider billed it");

        const string Text = """{"candidates":[{"content":{"parts":[{"text":"So"}]}}]}""";
        var reader = Faces.Gemini.CreateFrameReader();
        reader.Read(null, A.Bytes(Text)).Error.ShouldBeNull();
        reader.Read(null, A.Bytes(empty)).Finish.ShouldBe(FinishReason.Other);
    }

    [Theory]
    [InlineData("""{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}""")]
    [InlineData("""{"executableCode":{"language":"PYTHON","code":"1"}}""")]
    public void WhatNoCallerIsShown_IsNoContentOfAStream(string part)
    {
        var frame = Faces
            .Gemini.CreateFrameReader()
            .Read(null, A.Bytes($$$"""{"candidates":[{"content":{"parts":[{{{part}}}]},"finishReason":"STOP"}]}"""));
        frame.Has(ChatFrameKinds.Committing).ShouldBeFalse();
        frame.Finish.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public void TokensToldInPart_AreReportedAsTheyAreBilled()
    {
        const string Body = """
            {"candidates":[{"content":{"parts":[{"text":"So so"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":19}}
            """;
        var billed = new Usage { InputTokens = 19, OutputTokens = 2 };
        using var chat = Faces.Read(
            Faces.OpenAi,
            """{"model":"m","stream_options":{"include_usage":true},"stream":true,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        Faces.Gemini.TryReadReply(Faces.Owned(Body), Body.Length, out var reply, out _).ShouldBeTrue();
        reply!.Counted = billed;
        foreach (
            var (caller, member) in new[] { (Faces.OpenAi, "completion_tokens"), (Faces.Anthropic, "output_tokens") }
        )
        {
            var output = new ArrayBufferWriter<byte>();
            caller.WriteReply(reply, chat, output);
            Encoding.UTF8.GetString(output.WrittenSpan).ShouldContain($"\"{member}\":2");

            output.Clear();
            var writer = caller.CreateFrameWriter(chat);
            writer.Write(Faces.Gemini.CreateFrameReader().Read(null, A.Bytes(Body)), output);
            writer.WriteEnd(new ChatFrame { Dialect = DialectId.Gemini, Usage = billed }, output);
            Encoding.UTF8.GetString(output.WrittenSpan).ShouldContain($"\"{member}\":2");
        }

        reply.Dispose();
    }

    [Theory]
    [InlineData("""{"candidates":[]}""", FailureKind.BadResponse)]
    [InlineData("""{}""", FailureKind.BadResponse)]
    [InlineData("""[]""", FailureKind.BadResponse)]
    [InlineData("""{"candidates":[{"content":{"parts":[]},"finishReason":"STOP"}]}""", FailureKind.BadResponse)]
    [InlineData("""{"error":{"code":500,"message":"boom","status":"INTERNAL"}}""", FailureKind.BadResponse)]
    [InlineData(
        """{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}""",
        FailureKind.ContentPolicy
    )]
    public void NoAnswer_IsAFailure(string body, FailureKind kind)
    {
        Faces.Gemini.TryReadReply(Faces.Owned(body), body.Length, out _, out var error).ShouldBeFalse();
        error!.Kind.ShouldBe(kind);
    }

    [Fact]
    public void BlockedPrompt_EndsAStreamAsARefusalOfTheContentPolicy()
    {
        var frame = Faces
            .Gemini.CreateFrameReader()
            .Read(
                null,
                A.Bytes("""{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}""")
            );
        frame.Usage!.Value.InputTokens.ShouldBe(4);
        frame.Has(ChatFrameKinds.Error).ShouldBeTrue();
        frame.Error!.Kind.ShouldBe(FailureKind.ContentPolicy);
        frame.Error.Code.ShouldBe("content_filter");
    }

    [Fact]
    public void Stream_ReachesCallersOfEveryDialect()
    {
        string[] pieces =
        [
            """{"candidates":[{"content":{"role":"model","parts":[{"text":"Hm","thought":true}]},"index":0}],"modelVersion":"gemini-x","responseId":"r1"}""",
            """{"candidates":[{"content":{"role":"model","parts":[{"text":"So"}]},"index":0}],"usageMetadata":{"promptTokenCount":19}}""",
            """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}}}]},"index":0}]}""",
            """{"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":19,"candidatesTokenCount":7,"thoughtsTokenCount":5}}""",
        ];
        using var chat = Faces.Read(
            Faces.OpenAi,
            """{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}"""
        );
        var chunks = Faces.Stream(Faces.Gemini, Faces.OpenAi, chat, pieces);
        chunks.ShouldContain("\"reasoning_content\":\"Hm\"");
        chunks.ShouldContain("\"delta\":{\"content\":\"So\"}");
        chunks.ShouldContain("\"function\":{\"name\":\"f\",\"arguments\":\"\"}");
        chunks.ShouldContain("\"arguments\":\"{\\\"a\\\":1}\"");
        chunks.ShouldContain("\"finish_reason\":\"tool_calls\"");
        chunks.ShouldContain("\"prompt_tokens\":19,\"completion_tokens\":12");
        chunks.ShouldEndWith("data: [DONE]\n\n");

        using var messages = Faces.Read(
            Faces.Anthropic,
            """{"model":"m","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        var events = Faces.Stream(Faces.Gemini, Faces.Anthropic, messages, pieces);
        events.ShouldContain("\"text_delta\",\"text\":\"So\"");
        events.ShouldContain("\"partial_json\":\"{\\\"a\\\":1}\"");
        events.ShouldContain("\"stop_reason\":\"tool_use\"");
        events.ShouldContain("\"output_tokens\":12");
    }

    [Fact]
    public void AFinishThatStandsInEveryPiece_IsToldOnce_AtTheEnd()
    {
        string[] pieces =
        [
            """{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}""",
            """{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}""",
            """{"candidates":[{"finishReason":"MAX_TOKENS"}]}""",
        ];
        foreach (
            var (caller, ask) in (ReadOnlySpan<(string, string)>)
                [
                    ("openai", """{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]}"""),
                    ("completions", """{"model":"m","stream":true,"prompt":"Hi"}"""),
                ]
        )
        {
            using var asked = Faces.Read(Faces.Caller(caller), ask);
            var stream = Faces.Stream(Faces.Gemini, Faces.Caller(caller), asked, pieces);
            stream.Split("\"finish_reason\":\"").Length.ShouldBe(2, caller);
            stream
                .IndexOf("\"finish_reason\":\"length\"", StringComparison.Ordinal)
                .ShouldBeGreaterThan(stream.IndexOf("\"b\"", StringComparison.Ordinal), caller);
        }
    }

    [Fact]
    public void ErrorBody_IsNamedByItsStatus()
    {
        var wire = Faces.Gemini.ReadError(
            """{"error":{"code":429,"message":"Resource has been exhausted.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x"}]}}"""u8
        );
        (wire.Code, wire.Message).ShouldBe(("RESOURCE_EXHAUSTED", "Resource has been exhausted."));
    }

    [Fact]
    public void Readers_NeverThrow_WhateverTheBytes()
    {
        List<byte[]> seeds = [Encoding.UTF8.GetBytes(Whole)];
        var mutation = new Mutation(seed: 20_261_129);
        for (var i = Mutation.Rounds; i > 0; i--)
        {
            var bytes = mutation.Of(seeds);
            var thrown = Record.Exception(() =>
            {
                var buffer = new PooledBuffer();
                buffer.Append(bytes);
                if (Faces.Gemini.TryReadReply(buffer, bytes.Length, out var reply, out _))
                {
                    reply.Answers!.Read(reply);
                    reply.Dispose();
                }

                Faces.Gemini.ReadError(bytes);
                var frame = Faces.Gemini.CreateFrameReader().Read(null, bytes);
                frame.Events!.Read(frame, []);
            });
            if (thrown is not null)
            {
                Assert.Fail($"{Convert.ToHexString(bytes)}: {thrown}");
            }
        }
    }
}
