using System.Text;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

public class ReplyReaderTests
{
    [Fact]
    public void Reader_GivesTheWholeView_OfAReply()
    {
        const string Body = """
            {"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"A\n\u00e9","refusal":null,"annotations":[]},"finish_reason":"stop"},
              {"index":1,"message":{"role":"assistant","content":"other"},"finish_reason":"length"}],
             "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,
               "prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}}
            """;
        Wire.TryReadReply(Body, out var reply, out _).ShouldBeTrue();
        using (reply)
        {
            Wire.Text(reply!.Text).ShouldBe("A\né");
            Wire.Text(reply.Body).ShouldBe(Body);
            reply.Finish.ShouldBe(FinishReason.Stop);
            reply.ToolCallCount.ShouldBe(0);
            reply.Usage.ShouldBe(
                new Usage
                {
                    InputTokens = 36,
                    CacheReadTokens = 64,
                    OutputTokens = 20,
                    ReasoningTokens = 8,
                }
            );
        }
    }

    [Theory]
    [InlineData("\"content\":\"x\"", "\"stop\"", FinishReason.Stop, 0)]
    [InlineData("\"content\":\"\"", "\"stop\"", FinishReason.Stop, 0)]
    [InlineData("\"content\":\"x\"", "null", FinishReason.None, 0)]
    [InlineData("\"content\":\"x\"", "\"eos\"", FinishReason.Other, 0)]
    [InlineData("\"content\":null", "\"length\"", FinishReason.Length, 0)]
    [InlineData("\"content\":null", "\"content_filter\"", FinishReason.ContentFilter, 0)]
    [InlineData("\"content\":null,\"refusal\":\"No.\"", "\"stop\"", FinishReason.ContentFilter, 0)]
    [InlineData(
        "\"content\":null,\"tool_calls\":[{\"id\":\"1\"},{\"id\":\"2\"}]",
        "\"tool_calls\"",
        FinishReason.ToolCalls,
        2
    )]
    [InlineData("\"content\":null,\"function_call\":{\"name\":\"f\"}", "\"function_call\"", FinishReason.ToolCalls, 1)]
    [InlineData("\"content\":null,\"audio\":{\"data\":\"AA==\"}", "\"stop\"", FinishReason.Stop, 0)]
    public void Reader_TakesEveryLegalAnswer(string message, string finish, FinishReason expected, int calls)
    {
        var body = $"{{\"choices\":[{{\"message\":{{{message}}},\"finish_reason\":{finish}}}]}}";
        Wire.TryReadReply(body, out var reply, out var error).ShouldBeTrue(error?.Message);
        reply!.Finish.ShouldBe(expected);
        reply.ToolCallCount.ShouldBe(calls);
        reply.Usage.ShouldBeNull();
        reply.Dispose();
    }

    [Fact]
    public void TextOfContentInParts_IsThatOfItsTexts()
    {
        const string Body =
            """{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"Grü"},{"type":"text","text":"\u00dfe"}]},"finish_reason":"stop"}]}""";
        Wire.TryReadReply(Body, out var reply, out var error).ShouldBeTrue(error?.Message);
        Encoding.UTF8.GetString(reply!.Text.Span).ShouldBe("Grüße");
        reply.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>502</body></html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"choices\":null}")]
    [InlineData("{\"choices\":{}}")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":[null]}")]
    [InlineData("{\"choices\":[{}]}")]
    [InlineData("{\"choices\":[{\"message\":null}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"stop\"}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[]},\"finish_reason\":\"tool_calls\"}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"}}]} trailing")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}{}")]
    public void Reader_RefusesA200ThatIsNoAnswer(string body)
    {
        Wire.TryReadReply(body, out var reply, out var error).ShouldBeFalse();
        reply.ShouldBeNull();
        error!.Kind.ShouldBe(FailureKind.BadResponse);
    }

    [Fact]
    public void Reader_NamesTheCode_OfAnErrorUnder200()
    {
        Wire.TryReadReply("{\"error\":{\"message\":\"slow down\",\"code\":429}}", out _, out var error).ShouldBeFalse();
        error!.Message.ShouldBe("slow down");
        error.Code.ShouldBe("429");
    }

    [Fact]
    public void Reader_TakesAHalfSurrogate_AsAReplacementCharacter()
    {
        Wire.TryReadReply("{\"choices\":[{\"message\":{\"content\":\"a\\ud800b\"}}]}", out var reply, out _)
            .ShouldBeTrue();
        Wire.Text(reply!.Text).ShouldBe("a\uFFFDb");
        reply.Dispose();
    }
}
