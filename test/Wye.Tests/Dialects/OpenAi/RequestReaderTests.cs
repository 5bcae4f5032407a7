using System.Text;
using Wye.Chat;
using Wye.Testing;

namespace Wye.Dialects.OpenAi;

public class RequestReaderTests
{
    [Fact]
    public void ToolBytes_AreThoseOfTheToolsAndTheAnswerSchema()
    {
        const string tools = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        const string schema = "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{}}}";
        const string messages = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        Wire.Read($"{{{messages}}}").ToolBytes.ShouldBe(0);
        Wire.Read($"{{{messages},\"tools\":[]}}").ToolBytes.ShouldBe(0);
        Wire.Read($"{{{messages},\"response_format\":{{\"type\":\"json_object\"}}}}").ToolBytes.ShouldBe(0);
        Wire.Read($"{{{messages},\"tools\":{tools},\"response_format\":{schema}}}")
            .ToolBytes.ShouldBe(tools.Length + schema.Length);
    }

    /// <summary>Messages as clients write them take a shorter way than the same messages with a space.</summary>
    [Theory]
    [InlineData("""{"role":"user","content":"A\n\u00e9 /big"}""")]
    [InlineData("""{"role":"system","content":""}""")]
    [InlineData("""{"role":"assistant","content":"A","tool_calls":[{}]}""")]
    [InlineData("""{"role":"assistant","content":"A"}""")]
    [InlineData("""{"role":"developer","content":"A"}""")]
    [InlineData("""{"role":"user","content":"A","name":"n","x":{"y":[1]}}""")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}""")]
    [InlineData("""{"content":"A","role":"user"}""")]
    [InlineData("""{"role":"user","content":"A","role":"user"}""")]
    [InlineData("""{"role":"user","content":"A","content":"B"}""")]
    [InlineData("""{"role":"user","content":"A" "x":1}""")]
    [InlineData("""{"role":"user","content":"A}""")]
    [InlineData("""{"role":"user","content":7}""")]
    public void Message_ReadsTheSame_HoweverItIsSpaced(string message)
    {
        var compact = View(message);

        View(message.Replace("\":", "\" : ", StringComparison.Ordinal)).ShouldBe(compact);

        static string View(string message)
        {
            var body = "{\"model\":\"auto\",\"messages\":[" + message + "," + message + "]}";
            if (!Wire.Dialect.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error))
            {
                return $"{error.Code} {error.Param}";
            }

            using (request)
            {
                var texts = request.Texts.Select(text => $"{text.Role} {text.Message} {Wire.Text(text.Utf8)}");
                return $"{string.Join('|', texts)} {request.MessageCount} {request.Features} {request.Directive}";
            }
        }
    }

    [Fact]
    public void Reader_GivesTheWholeView_OfARichRequest()
    {
        using var request = Wire.Read(
            """
            { "model" : "auto", "stream": true, "stream_options": {"include_usage": true}, "max_completion_tokens": 77,
              "user": "u-1", "unknown": {"a": [1, 2.5e3]}, "tools": [{"type":"function"},{"type":"function"}],
              "messages": [
                {"role":"system","content":"Be brief."},
                {"content":[{"text":"A","type":"text"},{"type":"image_url","image_url":{"url":"data:,"}},{"type":"text","text":"é\n\"B\""}],"role":"user"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"1","content":"42"}] }
            """
        );

        request.Dialect.ShouldBe(DialectId.OpenAi);
        request.RequestedModel.ShouldBe("auto");
        request.Stream.ShouldBeTrue();
        request.StreamUsage.ShouldBeTrue();
        request.MaxOutputTokens.ShouldBe(77);
        request.User.ShouldBe("u-1");
        request.MessageCount.ShouldBe(4);
        request.ToolCount.ShouldBe(2);
        request.ImageCount.ShouldBe(1);
        request.Features.ShouldBe(ChatFeatures.Tools | ChatFeatures.Images);
        request
            .Texts.Select(text => (text.Role, text.Message, Wire.Text(text.Utf8)))
            .ShouldBe([
                (ChatRole.System, 0, "Be brief."),
                (ChatRole.User, 1, "A"),
                (ChatRole.User, 1, "é\n\"B\""),
                (ChatRole.Tool, 3, "42"),
            ]);
        request
            .Fields.Select(field =>
                Encoding.UTF8.GetString(request.Body.Span.Slice(field.Name.Start, field.Name.Length))
            )
            .ShouldBe([
                "\"model\"",
                "\"stream\"",
                "\"stream_options\"",
                "\"max_completion_tokens\"",
                "\"user\"",
                "\"unknown\"",
                "\"tools\"",
                "\"messages\"",
            ]);
        Encoding
            .UTF8.GetString(request.Body.Span.Slice(request.Fields[5].Value.Start, request.Fields[5].Value.Length))
            .ShouldBe("{\"a\": [1, 2.5e3]}");
    }

    [Theory]
    [InlineData("\"tools\":[]", ChatFeatures.None)]
    [InlineData("\"tools\":null", ChatFeatures.None)]
    [InlineData("\"functions\":[{}]", ChatFeatures.Tools)]
    [InlineData("\"tool_choice\":\"auto\"", ChatFeatures.None)]
    [InlineData("\"tool_choice\":\"required\"", ChatFeatures.ToolRequired)]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", ChatFeatures.ToolRequired)]
    [InlineData("\"response_format\":{\"type\":\"text\"}", ChatFeatures.None)]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", ChatFeatures.JsonMode)]
    [InlineData(
        "\"response_format\":{\"json_schema\":{\"type\":\"x\"},\"type\":\"json_schema\"}",
        ChatFeatures.JsonSchema
    )]
    [InlineData("\"logprobs\":true", ChatFeatures.LogProbs)]
    [InlineData("\"logprobs\":false", ChatFeatures.None)]
    [InlineData("\"n\":2", ChatFeatures.ManyChoices)]
    [InlineData("\"n\":1", ChatFeatures.None)]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", ChatFeatures.Audio)]
    [InlineData("\"audio\":{\"voice\":\"x\"}", ChatFeatures.Audio)]
    [InlineData("\"reasoning_effort\":\"high\"", ChatFeatures.Reasoning)]
    [InlineData("\"reasoning_effort\":\"none\"", ChatFeatures.None)]
    [InlineData("\"thinking\":{\"type\":\"enabled\"}", ChatFeatures.Reasoning)]
    public void Reader_FlagsWhatIsAskedBesidesText(string members, ChatFeatures expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        request.Features.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"type\":\"input_audio\",\"input_audio\":{}}", ChatFeatures.Audio)]
    [InlineData("{\"type\":\"file\",\"file\":{}}", ChatFeatures.Files)]
    [InlineData("{\"image_url\":{\"url\":\"x\"},\"type\":\"image_url\"}", ChatFeatures.Images)]
    [InlineData("{\"type\":\"something_new\",\"x\":[1]}", ChatFeatures.None)]
    public void Reader_FlagsContentParts(string part, ChatFeatures expected)
    {
        using var request = Wire.Read(
            $"{{\"model\":\"auto\",\"messages\":[{{\"role\":\"user\",\"content\":[{part}]}}]}}"
        );
        request.Features.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"role\":\"assistant\",\"content\":\"{\"}", true)]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{}]}", false)]
    [InlineData("{\"role\":\"user\",\"content\":\"x\"}", false)]
    public void Reader_SeesAnAssistantPrefill_OnlyAtTheEnd(string last, bool expected)
    {
        using var request = Wire.Read(
            $"{{\"model\":\"m\",\"messages\":[{{\"role\":\"assistant\",\"content\":\"x\"}},{last}]}}"
        );
        request.Features.HasFlag(ChatFeatures.AssistantPrefill).ShouldBe(expected);
    }

    [Fact]
    public void Reader_TakesEscapedMemberNames_AsWhatTheyMean()
    {
        using var request = Wire.Read(
            "{\"m\\u006fdel\":\"auto\",\"messages\":[{\"r\\u006fle\":\"us\\u0065r\",\"content\":\"\"}]}"
        );
        request.RequestedModel.ShouldBe("auto");
        Wire.Write(A.CallOf(request)).ShouldStartWith("{\"m\\u006fdel\":\"upstream-1\",");
    }

    [Fact]
    public void Reader_TakesTheLargerOutputBound_WhenBothNamesAreSent()
    {
        using var request = Wire.Read(Wire.Body("\"max_tokens\":5,\"max_completion_tokens\":9"));
        request.MaxOutputTokens.ShouldBe(9);
    }

    [Theory]
    [InlineData("/model gpt-4o\\nHi", "gpt-4o", "/model gpt-4o\\n")]
    [InlineData("/model gpt-4o\\r\\nHi", "gpt-4o", "/model gpt-4o\\r\\n")]
    [InlineData("\\/model\\tgpt\\u002d4o \\nHi", "gpt-4o", "\\/model\\tgpt\\u002d4o \\n")]
    [InlineData("/model x", "x", "/model x")]
    [InlineData("/model", null, null)]
    [InlineData("/model \\nx", null, null)]
    [InlineData("/models x\\n", null, null)]
    [InlineData("/model two words\\n", null, null)]
    [InlineData("/model h\\u00e9\\n", null, null)]
    [InlineData(" /model x\\n", null, null)]
    [InlineData("say /model x\\n", null, null)]
    public void Reader_FindsTheModelLine_AndItsPlaceInTheRawBody(string content, string? model, string? cut)
    {
        using var request = Wire.Read(
            $"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":\"{content}\"}},{{\"role\":\"assistant\",\"content\":\"/model no\"}}]}}"
        );
        (request.Directive?.Model).ShouldBe(model);
        if (cut is not null)
        {
            var range = request.Directive!.Cut;
            Encoding.UTF8.GetString(request.Body.Span.Slice(range.Start, range.Length)).ShouldBe(cut);
        }
    }

    [Fact]
    public void Reader_TakesTheModelLine_OfTheLastUserMessageOnly()
    {
        using var request = Wire.Read(
            """{"model":"m","messages":[{"role":"user","content":"/model a\nx"},{"role":"user","content":"y"}]}"""
        );
        request.Directive.ShouldBeNull();
    }

    [Fact]
    public void Reader_FindsTheModelLine_InAPart()
    {
        using var request = Wire.Read(
            """{"model":"m","messages":[{"content":[{"type":"text","text":"/model a\nx"}],"role":"user"}]}"""
        );
        request.Directive!.Model.ShouldBe("a");
        Wire.Write(A.CallOf(request) with { CutDirective = true })
            .ShouldBe("""{"model":"upstream-1","messages":[{"content":[{"type":"text","text":"x"}],"role":"user"}]}""");
    }

    [Fact]
    public void Reader_KeepsUnescapedTexts_AsSlicesOfTheBody()
    {
        var body = A.Bytes(Wire.Body("\"x\":1"));
        Wire.Dialect.TryReadRequest(body, CallerHints.None, out var request, out _).ShouldBeTrue();
        request!.Texts[0].Utf8.Span.Overlaps(body.Span).ShouldBeTrue();
        request.Dispose();
    }
}
