using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses;
using Wye.Primitives;

namespace Wye.Dialects.Responses;

public class ResponseAnswerTests
{
    private const string Asked =
        """{"model":"auto","input":"Hi","reasoning":{"effort":"low","summary":"auto"},"tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],"metadata":{"a":"b"}}""";

    [Fact]
    public void Request_BecomesAChat_OneTurnOfTheModelOneMessage()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """
            {"model":"auto","instructions":"Be brief.","input":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Let me see."},
             {"type":"function_call","call_id":"c1","name":"f","arguments":"{\"a\":1}"},{"type":"function_call","call_id":"c2","name":"g","arguments":""},
             {"type":"function_call_output","call_id":"c1","output":"19"},{"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"20"}]}],
             "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{},"additionalProperties":false},"strict":true}],
             "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,"max_output_tokens":70,
             "text":{"format":{"type":"json_schema","name":"paint","schema":{"type":"object"}}},"reasoning":{"effort":"high"}}
            """
        );
        var (body, dropped) = Faces.Write(Faces.OpenAi, request);
        body.ShouldBe(
            """{"model":"up","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"19"},{"role":"tool","tool_call_id":"c2","content":"20"}],"max_tokens":70,"tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{},"additionalProperties":false},"strict":true}}],"tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{"name":"paint","schema":{"type":"object"},"strict":false}},"reasoning_effort":"high"}"""
        );
        dropped.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "false")]
    [InlineData("\"strict\":false,", "false")]
    [InlineData("\"strict\":true,", "true")]
    public void Schema_IsAsStrictAsItsCallerSays_ForNotEverySchemaCanBe(string said, string strict)
    {
        using var request = Faces.Read(
            Faces.Responses,
            """{"model":"auto","input":"Hi","text":{"format":{"type":"json_schema","name":"s",SAID"schema":{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}}}}""".Replace(
                "SAID",
                said,
                StringComparison.Ordinal
            )
        );
        var body = JsonElement.Parse(Faces.Write(Faces.OpenAi, request).Body);
        var schema = body.GetProperty("response_format").GetProperty("json_schema");
        schema.GetProperty("strict").GetRawText().ShouldBe(strict);
    }

    [Fact]
    public void ImagesOfSeveralResults_FollowTheLastOfThem_BecauseNothingMayStandBetweenResults()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """
            {"model":"auto","input":[{"role":"user","content":"Hi"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
             {"type":"function_call","call_id":"c2","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"19"},{"type":"input_image","image_url":"data:image/png;base64,AAA="}]},
             {"type":"function_call_output","call_id":"c2","output":"20"},{"role":"user","content":"So?"}]}
            """
        );
        var (body, _) = Faces.Write(Faces.OpenAi, request);
        body.ShouldEndWith(
            """{"role":"tool","tool_call_id":"c1","content":"19"},{"role":"tool","tool_call_id":"c2","content":"20"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAA="}}]},{"role":"user","content":"So?"}]}"""
        );
    }

    [Fact]
    public void Answer_BecomesAResponse_ThatRepeatsItsRequest()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        var response = JsonElement.Parse(
            Faces.Answer(
                Faces.OpenAi,
                Faces.Responses,
                request,
                """{"id":"chatcmpl-1","model":"gpt-x","choices":[{"index":0,"message":{"role":"assistant","reasoning_content":"Hm","content":"Gr\u00fc\u00dfe","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}"""
            )
        );
        response.GetProperty("id").GetString().ShouldBe("resp_chatcmpl-1");
        response.GetProperty("status").GetString().ShouldBe("completed");
        response.GetProperty("model").GetString().ShouldBe("gpt-x");
        response.GetProperty("metadata").GetRawText().ShouldBe("""{"a":"b"}""");
        response.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("f");
        response.GetProperty("tool_choice").GetString().ShouldBe("auto");
        response.GetProperty("store").GetBoolean().ShouldBeFalse();
        response
            .GetProperty("usage")
            .GetRawText()
            .ShouldBe(
                """{"input_tokens":11,"input_tokens_details":{"cached_tokens":4},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":16}"""
            );
        var output = response.GetProperty("output");
        output
            .EnumerateArray()
            .Select(item => item.GetProperty("type").GetString())
            .ShouldBe(["reasoning", "message", "function_call"]);
        output[0].GetProperty("summary")[0].GetProperty("text").GetString().ShouldBe("Hm");
        output[1].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("Grüße");
        output[2].GetProperty("call_id").GetString().ShouldBe("c1");
        output[2].GetProperty("arguments").GetString().ShouldBe("{\"a\":1}");
    }

    [Theory]
    [InlineData("length", "incomplete", "max_output_tokens")]
    [InlineData("content_filter", "incomplete", "content_filter")]
    [InlineData("stop", "completed", null)]
    public void Ending_IsNamed(string finish, string status, string? reason)
    {
        using var request = Faces.Read(Faces.Responses, """{"model":"auto","input":"Hi"}""");
        var chat =
            $$"""{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Hm"},"finish_reason":"{{finish}}"}]}""";
        var whole = JsonElement.Parse(Faces.Answer(Faces.OpenAi, Faces.Responses, request, chat));
        whole.GetProperty("status").GetString().ShouldBe(status);
        whole.GetProperty("output")[0].GetProperty("status").GetString().ShouldBe(status);
        var details = whole.GetProperty("incomplete_details");
        (details.ValueKind == JsonValueKind.Null ? null : details.GetProperty("reason").GetString()).ShouldBe(reason);
        whole.GetProperty("usage").ValueKind.ShouldBe(JsonValueKind.Null);
        var stream = Faces.Stream(
            Faces.OpenAi,
            Faces.Responses,
            request,
            """{"id":"1","choices":[{"index":0,"delta":{"content":"Hm"},"finish_reason":null}]}""",
            $$"""{"choices":[{"index":0,"delta":{},"finish_reason":"{{finish}}"}]}"""
        );
        stream.ShouldContain($"event: response.{status}\n");
        Events(stream)
            .Where(one => one.GetProperty("type").GetString() == "response.output_item.done")
            .Select(one => one.GetProperty("item").GetProperty("status").GetString())
            .ShouldBe([status]);
    }

    [Fact]
    public void Refusal_IsARefusalOfAWholeResponse_NotTextThatClientsWouldParse()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        const string Part = """[{"type":"refusal","refusal":"I will not"}]""";
        var whole = JsonElement.Parse(
            Faces.Answer(
                Faces.OpenAi,
                Faces.Responses,
                request,
                """{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I will not"},"finish_reason":"stop"}]}"""
            )
        );
        whole.GetProperty("status").GetString().ShouldBe("completed");
        whole.GetProperty("output")[0].GetProperty("type").GetString().ShouldBe("message");
        whole.GetProperty("output")[0].GetProperty("content").GetRawText().ShouldBe(Part);

        var events = Events(
            Faces.Stream(
                Faces.OpenAi,
                Faces.Responses,
                request,
                """{"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"refusal":"I will"},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"refusal":" not"},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""
            )
        );
        events
            .Skip(2)
            .Select(one => one.GetProperty("type").GetString())
            .ShouldBe([
                "response.output_item.added",
                "response.content_part.added",
                "response.refusal.delta",
                "response.refusal.delta",
                "response.refusal.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.completed",
            ]);
        events[6].GetProperty("refusal").GetString().ShouldBe("I will not");
        events[6].GetProperty("content_index").GetInt32().ShouldBe(0);
        events[^1].GetProperty("response").GetProperty("output")[0].GetProperty("content").GetRawText().ShouldBe(Part);
    }

    [Fact]
    public void AnswerCutOffInACall_LeavesThatCallIncomplete_NotWhatCameBefore()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        var events = Events(
            Faces.Stream(
                Faces.OpenAi,
                Faces.Responses,
                request,
                """{"id":"1","choices":[{"index":0,"delta":{"content":"Hm"},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{"}}]},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"""
            )
        );
        events[^1]
            .GetProperty("response")
            .GetProperty("output")
            .EnumerateArray()
            .Select(item => item.GetProperty("status").GetString())
            .ShouldBe(["completed", "incomplete"]);
    }

    [Fact]
    public void MixedArgumentsOfParallelCalls_ReachTheirOwnItems()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        var stream = Faces.Stream(
            Faces.OpenAi,
            Faces.Responses,
            request,
            """{"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"So"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{"}}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{"}}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"x\":1}"}}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}]}"""
        );
        var events = Events(stream);
        events.Select(one => one.GetProperty("sequence_number").GetInt32()).ShouldBe(Enumerable.Range(0, events.Count));
        var output = events[^1].GetProperty("response").GetProperty("output");
        output[0].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("So");
        output[1].GetProperty("arguments").GetString().ShouldBe("{\"x\":1}");
        output[2].GetProperty("arguments").GetString().ShouldBe("{}");
        events
            .Where(one => one.GetProperty("type").GetString() == "response.output_item.done")
            .Select(one => one.GetProperty("output_index").GetInt32())
            .ShouldBe([0, 1, 2]);
        events
            .Where(one => one.GetProperty("type").GetString() == "response.function_call_arguments.delta")
            .Select(one => one.GetProperty("output_index").GetInt32())
            .ShouldBe([1, 2, 1, 2]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void ARequestOverSeveralLines_IsRepeatedOnOne_ForLinesPartEvents(string newLine)
    {
        var body = """
            {"model":"auto","input":"Hi","instructions":"a\nb",
             "tools":[
               {"type":"function",
                "name":"f"}],
             "metadata":{
               "a":"b"}}
            """.ReplaceLineEndings(newLine);
        using var asked = Faces.Read(Faces.Responses, body);
        var stream = Faces.Stream(
            Faces.OpenAi,
            Faces.Responses,
            asked,
            """{"id":"c","choices":[{"index":0,"delta":{"content":"x"}}]}""",
            """{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""
        );
        stream.ShouldNotContain("\r");
        stream
            .Split('\n')
            .ShouldAllBe(line =>
                line.Length == 0
                || line.StartsWith("event: ", StringComparison.Ordinal)
                || line.StartsWith("data: {", StringComparison.Ordinal) && line.EndsWith('}')
            );
        var last = Events(stream)[^1].GetProperty("response");
        last.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("f");
        last.GetProperty("metadata").GetProperty("a").GetString().ShouldBe("b");
        last.GetProperty("instructions").GetString().ShouldBe("a\nb");
    }

    [Fact]
    public void BrokenStream_EndsInAnErrorEvent_InBothShapesThatClientsLookFor()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        var output = new ArrayBufferWriter<byte>();
        Faces
            .Responses.CreateFrameWriter(request)
            .WriteError(new ChatError(FailureKind.StreamCut, "It broke."), output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        text.ShouldStartWith("event: error\ndata: ");
        text.ShouldEndWith("\n\n");
        var json = Events(text).ShouldHaveSingleItem();
        json.GetProperty("message").GetString().ShouldBe("It broke.");
        json.GetProperty("error").GetProperty("message").GetString().ShouldBe("It broke.");
        json.GetProperty("code").GetString().ShouldBe("stream_cut");
    }

    [Theory]
    [InlineData(FailureKind.ServerError, "500", "provider_error")]
    [InlineData(FailureKind.ContextLength, "INVALID_ARGUMENT", "context_length_exceeded")]
    public void ErrorEvent_NamesTheFailure_WhateverTheProviderCallsIt(FailureKind kind, string code, string expected)
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        var output = new ArrayBufferWriter<byte>();
        Faces.Responses.CreateFrameWriter(request).WriteError(new ChatError(kind, "It broke.") { Code = code }, output);
        var json = Events(Encoding.UTF8.GetString(output.WrittenSpan)).ShouldHaveSingleItem();
        json.GetProperty("code").GetString().ShouldBe(expected);
        json.GetProperty("error").GetProperty("code").GetString().ShouldBe(expected);
    }

    [Fact]
    public void WhatIsKept_IsTheResponseAsItsCallerGotIt()
    {
        using var request = Faces.Read(Faces.Responses, Asked);
        ReadOnlyMemory<byte> kept = default;
        var dialect = Faces.Responses.With(new ResponseFace("resp_1", "resp_0", response => kept = response));
        var body = Faces.Answer(
            Faces.OpenAi,
            dialect,
            request,
            """{"id":"c9","choices":[{"index":0,"message":{"role":"assistant","content":"Ho"},"finish_reason":"stop"}]}"""
        );
        Encoding.UTF8.GetString(kept.Span).ShouldBe(body);
        body.ShouldContain("\"id\":\"resp_1\"");
        body.ShouldContain("\"previous_response_id\":\"resp_0\"");
        body.ShouldContain("\"store\":true");
        var (items, output) = InputJoin.Joined(request, kept);
        Encoding
            .UTF8.GetString(items.Span)
            .ShouldBe(
                """{"type":"message","role":"user","content":"Hi"},{"id":"msg_1_0","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Ho"}]}"""
            );
        var (id, item) = output.ShouldHaveSingleItem();
        id.ShouldBe("msg_1_0", "made of the response's id: there are servers whose answers share one");
        Encoding.UTF8.GetString(item.Span).ShouldStartWith("{\"id\":\"msg_1_0\",\"type\":\"message\"");

        kept = default;
        var stream = Faces.Stream(
            Faces.OpenAi,
            dialect,
            request,
            """{"id":"c9","choices":[{"index":0,"delta":{"content":"Ho"},"finish_reason":"stop"}]}"""
        );
        Events(stream)[^1].GetProperty("response").GetRawText().ShouldBe(Encoding.UTF8.GetString(kept.Span));
    }

    private static List<JsonElement> Events(string stream) =>
        [
            .. stream
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(one => JsonElement.Parse(one[(one.IndexOf("data: ", StringComparison.Ordinal) + 6)..])),
        ];
}
