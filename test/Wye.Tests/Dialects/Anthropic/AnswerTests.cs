using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.Anthropic;

public class AnswerTests
{
    [Fact]
    public void Usage_KeepsItsKindsApart()
    {
        Wire.TryReadReply(
                """{"content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":5,"cache_read_input_tokens":70,"cache_creation_input_tokens":20,"output_tokens":9,"server_tool_use":{"web_search_requests":1}}}""",
                out var reply,
                out _
            )
            .ShouldBeTrue();
        reply!.Usage.ShouldBe(
            new Usage
            {
                InputTokens = 5,
                CacheReadTokens = 70,
                CacheWriteTokens = 20,
                OutputTokens = 9,
            }
        );
        reply.Dispose();
    }

    [Theory]
    [InlineData("{\"input_tokens\":-1,\"output_tokens\":1}")]
    [InlineData("{\"input_tokens\":1.5,\"output_tokens\":1}")]
    [InlineData("{\"input_tokens\":9e99,\"output_tokens\":1}")]
    [InlineData("{\"input_tokens\":\"5\",\"output_tokens\":1}")]
    [InlineData("{\"input_tokens\":0,\"output_tokens\":0}")]
    [InlineData("7")]
    public void Usage_ThatCannotBe_IsNone(string usage)
    {
        Wire.TryReadReply(
                $$"""{"content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{{usage}}}""",
                out var reply,
                out _
            )
            .ShouldBeTrue();
        reply!.Usage.ShouldBeNull();
        reply.Dispose();
    }

    [Fact]
    public void Reply_JoinsItsTexts_AndCountsItsCalls()
    {
        Wire.TryReadReply(
                """{"content":[{"type":"thinking","thinking":"no","signature":"s"},{"type":"text","text":"a\"\u00e9"},{"type":"tool_use","id":"1","name":"n","input":{"text":"no"}},{"text":"b","type":"text"},{"type":"tool_use","id":"2","name":"n","input":{}}],"stop_reason":"tool_use"}""",
                out var reply,
                out _
            )
            .ShouldBeTrue();
        Wire.Text(reply!.Text).ShouldBe("a\"éb");
        reply.ToolCallCount.ShouldBe(2);
        reply.Finish.ShouldBe(FinishReason.ToolCalls);
        reply.Dispose();
    }

    [Theory]
    [InlineData("end_turn", FinishReason.Stop)]
    [InlineData("stop_sequence", FinishReason.Stop)]
    [InlineData("max_tokens", FinishReason.Length)]
    [InlineData("model_context_window_exceeded", FinishReason.Length)]
    [InlineData("tool_use", FinishReason.ToolCalls)]
    [InlineData("refusal", FinishReason.ContentFilter)]
    [InlineData("pause_turn", FinishReason.Other)]
    public void StopReason_IsRead(string name, FinishReason expected)
    {
        Wire.TryReadReply(
                $$"""{"content":[{"type":"text","text":"x"}],"stop_reason":"{{name}}"}""",
                out var reply,
                out _
            )
            .ShouldBeTrue();
        reply!.Finish.ShouldBe(expected);
        reply.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"content\":null}")]
    [InlineData("{\"content\":\"x\"}")]
    [InlineData("{\"content\":[],\"stop_reason\":\"end_turn\"}")]
    [InlineData("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"boom\"}}")]
    public void Body_ThatIsNoAnswer_IsABadResponse(string body)
    {
        Wire.TryReadReply(body, out var reply, out var error).ShouldBeFalse();
        reply.ShouldBeNull();
        error!.Kind.ShouldBe(FailureKind.BadResponse);
    }

    [Fact]
    public void RefusalWithoutContent_IsAnAnswer()
    {
        Wire.TryReadReply("{\"content\":[],\"stop_reason\":\"refusal\"}", out var reply, out _).ShouldBeTrue();
        reply!.Finish.ShouldBe(FinishReason.ContentFilter);
        reply.Dispose();
    }

    [Theory]
    [InlineData(
        "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":1}}}",
        ChatFrameKinds.Role | ChatFrameKinds.Usage,
        0
    )]
    [InlineData(
        "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        ChatFrameKinds.None,
        0
    )]
    [InlineData(
        "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"abc\",\"input\":{}}}",
        ChatFrameKinds.Tool,
        3
    )]
    [InlineData(
        "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"x\"}}",
        ChatFrameKinds.Content,
        0
    )]
    [InlineData(
        "{\"delta\":{\"text\":\"h\\u00e9\",\"type\":\"text_delta\"},\"type\":\"content_block_delta\"}",
        ChatFrameKinds.Content,
        3
    )]
    [InlineData(
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}",
        ChatFrameKinds.Reasoning,
        2
    )]
    [InlineData(
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}",
        ChatFrameKinds.Tool,
        1
    )]
    [InlineData(
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"x\"}}",
        ChatFrameKinds.Content,
        0
    )]
    [InlineData(
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":4}}",
        ChatFrameKinds.Finish | ChatFrameKinds.Usage,
        0
    )]
    [InlineData("{\"type\":\"message_stop\"}", ChatFrameKinds.End, 0)]
    [InlineData("{\"type\":\"ping\"}", ChatFrameKinds.None, 0)]
    [InlineData("{\"type\":\"something_new\",\"delta\":{\"text\":\"x\"}}", ChatFrameKinds.None, 1)]
    [InlineData(
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}",
        ChatFrameKinds.Error,
        0
    )]
    [InlineData("{\"type\":", ChatFrameKinds.Error, 0)]
    [InlineData("7", ChatFrameKinds.Error, 0)]
    public void Event_IsReadForWhatItCarries(string data, ChatFrameKinds kinds, int bytes)
    {
        var frame = Wire.Dialect.CreateFrameReader().Read(null, A.Bytes(data));
        (frame.Kinds, frame.ContentBytes).ShouldBe((kinds, bytes));
    }

    [Fact]
    public void TokensWrittenForAnHour_StayApart_WhenALaterEventRepeatsTheirSumOnly()
    {
        var reader = Faces.Anthropic.CreateFrameReader();
        reader
            .Read(
                null,
                A.Bytes(
                    """{"type":"message_start","message":{"usage":{"input_tokens":4,"cache_creation_input_tokens":100,"cache_creation":{"ephemeral_5m_input_tokens":60,"ephemeral_1h_input_tokens":40},"output_tokens":1}}}"""
                )
            )
            .Usage!.Value.CacheWriteHourTokens.ShouldBe(40);
        reader
            .Read(
                null,
                A.Bytes(
                    """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":4,"cache_creation_input_tokens":100,"output_tokens":7}}"""
                )
            )
            .Usage.ShouldBe(
                new Usage
                {
                    InputTokens = 4,
                    CacheWriteTokens = 60,
                    CacheWriteHourTokens = 40,
                    OutputTokens = 7,
                }
            );
        reader
            .Read(null, A.Bytes("""{"type":"message_delta","delta":{},"usage":{"output_tokens":8}}"""))
            .Usage.ShouldBe(new Usage { OutputTokens = 8 });
    }

    [Fact]
    public void Events_LeaveWithTheirNames()
    {
        using var request = Wire.Read(Wire.Body("\"stream\":true"));
        var frame = Wire.Dialect.CreateFrameReader().Read("ping", A.Bytes("{\"type\":\"ping\"}"));
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.CreateFrameWriter(request).Write(frame, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    [Theory]
    [InlineData(FailureKind.Overloaded, 529, "overloaded_error")]
    [InlineData(FailureKind.RateLimited, 429, "rate_limit_error")]
    [InlineData(FailureKind.Unauthorized, 401, "authentication_error")]
    [InlineData(FailureKind.ModelNotFound, 404, "not_found_error")]
    [InlineData(FailureKind.ContextLength, 400, "invalid_request_error")]
    [InlineData(FailureKind.BudgetExceeded, 402, "billing_error")]
    [InlineData(FailureKind.NoneAvailable, 503, "overloaded_error")]
    [InlineData(FailureKind.FirstTokenTimeout, 504, "timeout_error")]
    [InlineData(FailureKind.ServerError, 502, "api_error")]
    public void Failure_HasStatusAndTypeOfTheDialect(FailureKind kind, int status, string type)
    {
        var error = new ChatError(kind, "What is wrong.") { Param = "messages[1]" };
        Wire.Dialect.StatusOf(error).ShouldBe(status);
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.WriteError(error, output);
        Encoding
            .UTF8.GetString(output.WrittenSpan)
            .ShouldBe($$$"""{"type":"error","error":{"type":"{{{type}}}","message":"messages[1]: What is wrong."}}""");
    }

    [Theory]
    [InlineData(413, "request_too_large")]
    [InlineData(403, "permission_error")]
    [InlineData(404, "not_found_error")]
    [InlineData(405, "invalid_request_error")]
    public void BadRequest_KeepsItsOwnStatus(int status, string type)
    {
        var error = new ChatError(FailureKind.BadRequest, "x") { Status = status };
        (Wire.Dialect.StatusOf(error), ErrorFace.Of(error).Type).ShouldBe((status, type));
    }
}
