using Wye.Chat;

namespace Wye.Dialects.Translation;

public class OpenAiToAnthropicTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Fact]
    public void Roles_BecomeSystemAndTurns()
    {
        var (body, dropped) = Both.ToAnthropic(
            """
            {"model":"m","max_tokens":50,"messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":"a","name":"bob"},
              {"role":"user","content":[{"type":"text","text":"b"},{"type":"text","text":""}]},
              {"role":"system","content":"Be kind."},
              {"role":"assistant","content":"c"},
              {"role":"user","content":"d"}]}
            """
        );
        body.ShouldBe(
            """{"model":"up","max_tokens":50,"system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Be kind."}],"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},{"role":"assistant","content":[{"type":"text","text":"c"}]},{"role":"user","content":[{"type":"text","text":"d"}]}]}"""
        );
        dropped.ShouldBe(["name"]);
    }

    [Fact]
    public void Tools_TheirCallsAndResults_AreCarried()
    {
        var (body, dropped) = Both.ToAnthropic(
            """
            {"model":"m","max_completion_tokens":50,"parallel_tool_calls":false,
             "tools":[{"type":"function","function":{"name":"w","description":"Weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}},"strict":true}},{"type":"function","function":{"name":"t"}}],
             "tool_choice":"required",
             "messages":[{"role":"user","content":"?"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"fn.w:0","type":"function","function":{"name":"w","arguments":"{\"city\":\"Oslo\"}"}},{"id":"b","type":"function","function":{"name":"t","arguments":""}},{"id":"c","type":"function","function":{"name":"t","arguments":"{oops"}}]},
              {"role":"tool","tool_call_id":"fn.w:0","content":"3 C"},
              {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"noon"}]},
              {"role":"tool","tool_call_id":"c","content":""},
              {"role":"user","content":"so?"}]}
            """
        );
        body.ShouldBe(
            """{"model":"up","max_tokens":50,"messages":[{"role":"user","content":[{"type":"text","text":"?"}]},{"role":"assistant","content":[{"type":"tool_use","id":"call_fn_w_0","name":"w","input":{"city":"Oslo"}},{"type":"tool_use","id":"b","name":"t","input":{}},{"type":"tool_use","id":"c","name":"t","input":{"invalid_arguments":"{oops"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_fn_w_0","content":[{"type":"text","text":"3 C"}]},{"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"noon"}]},{"type":"tool_result","tool_use_id":"c","content":[]},{"type":"text","text":"so?"}]}],"tools":[{"name":"w","description":"Weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},{"name":"t","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"any","disable_parallel_tool_use":true}}"""
        );
        dropped.ShouldBe(["strict"]);
    }

    [Theory]
    [InlineData("\"auto\"", "\"tool_choice\":{\"type\":\"auto\"}")]
    [InlineData("\"none\"", "\"tool_choice\":{\"type\":\"none\"}")]
    [InlineData("\"required\"", "\"tool_choice\":{\"type\":\"any\"}")]
    [InlineData(
        "{\"type\":\"function\",\"function\":{\"name\":\"w\"}}",
        "\"tool_choice\":{\"type\":\"tool\",\"name\":\"w\"}"
    )]
    public void ToolChoice_IsMapped(string choice, string expected) =>
        Both.ToAnthropic(
                $"{{\"model\":\"m\",{Hi},\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"w\"}}}}],\"tool_choice\":{choice}}}"
            )
            .Body.ShouldContain(expected);

    [Fact]
    public void ImagesAndFiles_AreCarried()
    {
        var (body, dropped) = Both.ToAnthropic(
            """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/PNG;base64,AAA=","detail":"low"}},{"type":"image_url","image_url":{"url":"https://x.y/z.jpg"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BBB="}}]}]}"""
        );
        body.ShouldContain(
            """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAA="}},{"type":"image","source":{"type":"url","url":"https://x.y/z.jpg"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBB="},"title":"a.pdf"}]"""
        );
        dropped.ShouldBe(["detail"]);
    }

    [Fact]
    public void TypeOfAnImage_IsWrittenAsProvidersKnowIt() =>
        Both.ToAnthropic(
                """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpg;base64,AAA="}}]}]}"""
            )
            .Body.ShouldContain("\"media_type\":\"image/jpeg\"");

    [Fact]
    public void Sampling_IsClampedOrDropped()
    {
        var (body, dropped) = Both.ToAnthropic(
            $$"""{"model":"m",{{Hi}},"temperature":1.7,"top_p":0.5,"stop":["END"," \n"],"user":"u1","stream":true,"seed":7,"frequency_penalty":0.5,"presence_penalty":0,"logit_bias":{},"n":1,"metadata":{"a":"b"},"vendor_thing":true}"""
        );
        body.ShouldContain("\"temperature\":1,");
        body.ShouldNotContain("top_p");
        body.ShouldContain("\"stop_sequences\":[\"END\"]");
        body.ShouldContain("\"metadata\":{\"user_id\":\"u1\"}");
        body.ShouldEndWith("\"stream\":true}");
        dropped.ShouldBe(["seed", "frequency_penalty", "metadata", "vendor_thing", "top_p", "stop"]);
    }

    [Fact]
    public void FixedSampling_OfNewerModels_IsRespected()
    {
        var (body, dropped) = Both.ToAnthropic(
            $$"""{"model":"m",{{Hi}},"temperature":0,"top_p":0.5}""",
            Both.Thinker with
            {
                FixedSampling = true,
            }
        );
        body.ShouldNotContain("temperature");
        dropped.ShouldBe(["temperature", "top_p"]);
    }

    [Theory]
    [InlineData(null, 32_000)]
    [InlineData(100, 100)]
    public void OutputBound_IsTheCallersElseTheModelsUpToALimit(int? asked, int expected) =>
        Both.ToAnthropic(
                $$"""{"model":"m",{{Hi}},"max_tokens":{{asked?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}}}"""
            )
            .Body.ShouldContain($"\"max_tokens\":{expected},");

    [Fact]
    public void ArgumentsThatComeAsAnObject_AreNotLost() =>
        Both.ToAnthropic(
                """{"model":"m","messages":[{"role":"user","content":"?"},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"w","arguments":{"city":"Oslo"}}}]},{"role":"tool","tool_call_id":"a","content":"3 C"}]}"""
            )
            .Body.ShouldContain("\"input\":{\"city\":\"Oslo\"}");

    [Fact]
    public void Schema_BecomesTheOutputFormat()
    {
        var (body, dropped) = Both.ToAnthropic(
            $$$$$"""{"model":"m",{{{{{Hi}}}}},"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object","properties":{},"additionalProperties":false}}}}"""
        );
        body.ShouldContain(
            "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}}}"
        );
        dropped.ShouldBeEmpty();
    }

    [Fact]
    public void JsonMode_BecomesAnInstruction_AndIsReported()
    {
        var (body, dropped) = Both.ToAnthropic(
            $$$"""{"model":"m",{{{Hi}}},"response_format":{"type":"json_object"}}"""
        );
        body.ShouldContain("\"system\":[{\"type\":\"text\",\"text\":\"Answer with exactly one JSON object");
        dropped.ShouldBe(["response_format"]);
    }

    [Theory]
    [InlineData("low", 2_048)]
    [InlineData("medium", 8_192)]
    [InlineData("high", 16_000)]
    public void Effort_BecomesABudget_WithinHalfTheBound(string effort, int budget)
    {
        var (body, dropped) = Both.ToAnthropic(
            $$"""{"model":"m",{{Hi}},"reasoning_effort":"{{effort}}","temperature":0.5}"""
        );
        body.ShouldContain($"\"thinking\":{{\"type\":\"enabled\",\"budget_tokens\":{budget}}}");
        body.ShouldNotContain("temperature");
        dropped.ShouldBe(["temperature"]);
    }

    [Fact]
    public void Effort_OfAdaptiveModels_StaysAnEffort()
    {
        var (body, dropped) = Both.ToAnthropic(
            $$"""{"model":"m",{{Hi}},"reasoning_effort":"xhigh"}""",
            Both.Thinker with
            {
                AdaptiveThinking = true,
            }
        );
        body.ShouldContain("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"}");
        dropped.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"max_tokens\":1500,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", true)]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", false)]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\"}}],\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]",
        true
    )]
    [InlineData(
        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"w\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}]",
        true
    )]
    public void Thinking_IsLeftOut_WhereItWouldBeRefused(string members, bool reasons)
    {
        var (body, dropped) = Both.ToAnthropic(
            $$"""{"model":"m","reasoning_effort":"low",{{members}}}""",
            Both.Thinker with
            {
                Reasons = reasons,
            }
        );
        body.ShouldNotContain("thinking");
        dropped.ShouldBe(["reasoning_effort"]);
    }

    [Fact]
    public void Prefill_LosesItsBlanksAtTheEnd() =>
        Both.ToAnthropic(
                """{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"{ \n"}]}"""
            )
            .Body.ShouldContain("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"{\"}]}");

    [Theory]
    [InlineData("\"\\n\"")]
    [InlineData("[{\"type\":\"text\",\"text\":\" \"},{\"type\":\"text\",\"text\":\"\"}]")]
    public void BlankResultOfATool_IsAnEmptyOne_BecauseBlankTextsAreRefused(string content) =>
        Both.ToAnthropic(
                $$$"""{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"w","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":{{{content}}}}]}"""
            )
            .Body.ShouldContain("""{"type":"tool_result","tool_use_id":"a","content":[]}""");

    [Fact]
    public void BytesOfImages_AreCarriedWithoutTheEscapesOfTheirText()
    {
        const string Body =
            """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"DATA:image\/png;Base64,AA\/\u002b"}},{"type":"image_url","image_url":"https:\/\/x.y\/z.jpg"},{"type":"file","file":{"file_data":"data:application\/pdf;base64,B\/B="}}]}]}""";
        Both.ToAnthropic(Body)
            .Body.ShouldContain(
                """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA/+"}},{"type":"image","source":{"type":"url","url":"https://x.y/z.jpg"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"B/B="}}]"""
            );
    }

    [Theory]
    [InlineData("R3LDvMOfZQ==")]
    [InlineData("R3LD\\r\\nvMOf ZQ==\\n")]
    public void TextFile_BecomesADocumentOfText(string bytes)
    {
        var (body, dropped) = Both.ToAnthropic(
            $$$"""{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;charset=utf-8;base64,{{{bytes}}}"}}]}]}"""
        );
        body.ShouldContain(
            """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grüße"},"title":"a.txt"}"""
        );
        dropped.ShouldBeEmpty();
    }

    [Fact]
    public void MembersInside_ThatCannotBeCarried_AreNamed()
    {
        var (_, dropped) = Both.ToAnthropic(
            """
            {"model":"m","stream_options":{"include_obfuscation":true},
             "messages":[{"role":"user","content":[{"type":"text","text":"x","a":1},{"type":"image_url","b":1,"image_url":{"url":"https://x.y","c":1}}]},
              {"role":"assistant","content":"y","refusal":null,"annotations":[{}],"tool_calls":[{"id":"t","index":1,"type":"function","d":1,"function":{"name":"w","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"t","content":"r","cache_control":{"type":"ephemeral"}}],
             "tools":[{"type":"function","e":1,"function":{"name":"w","f":1}}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","description":"g","schema":{"type":"object"}}}}
            """
        );
        dropped.ShouldBe([
            "include_obfuscation",
            "a",
            "b",
            "c",
            "annotations",
            "d",
            "cache_control",
            "e",
            "f",
            "json_schema.description",
        ]);
    }

    [Fact]
    public void Directive_IsCut_InTheOtherDialectToo()
    {
        using var request = Both.Read(
            Both.OpenAi,
            """{"model":"m","messages":[{"role":"user","content":"/model opus\r\nHi"}]}"""
        );
        var (body, _) = Both.Write(Both.Anthropic, request, with: call => call with { CutDirective = true });
        body.ShouldContain("\"text\":\"Hi\"");
        Both.Write(Both.Anthropic, request).Body.ShouldContain("/model opus");
    }

    [Fact]
    public void Directive_ThatIsAllOfItsPart_LeavesNoEmptyBlock()
    {
        using var request = Both.Read(
            Both.OpenAi,
            """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"/model opus"},{"type":"text","text":"Hi"}]}]}"""
        );
        var (body, _) = Both.Write(Both.Anthropic, request, with: call => call with { CutDirective = true });
        body.ShouldContain("\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]");
    }

    [Theory]
    [InlineData("\"n\":2," + Hi, "n")]
    [InlineData("\"logprobs\":true," + Hi, "logprobs")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]," + Hi, "modalities")]
    [InlineData("\"functions\":[{\"name\":\"f\"}]," + Hi, "functions")]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]," + Hi, "tools[0]")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\"}," + Hi, "tool_choice")]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"input_audio\",\"input_audio\":{}}]}]",
        "messages[0].content[1]"
    )]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"ftp://x\"}}]}]",
        "messages[0].content[0].image_url.url"
    )]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]",
        "messages[0].content[0].file"
    )]
    [InlineData("\"web_search_options\":{}," + Hi, "web_search_options")]
    [InlineData("\"response_format\":{\"type\":\"grammar\"}," + Hi, "response_format.type")]
    [InlineData("\"response_format\":{}," + Hi, "response_format.type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}," + Hi, "response_format.json_schema.schema")]
    [InlineData("\"tool_choice\":\"required\"," + Hi, "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"w\"}}," + Hi, "tool_choice")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":\" \\n\"}]", "messages")]
    [InlineData("\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]", "messages")]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml;base64,AA==\"}}]}]",
        "messages[0].content[0].image_url.url"
    )]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:text/csv;base64,AA==\"}}]}]",
        "messages[0].content[0].file.file_data"
    )]
    [InlineData(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:text/plain;base64,/w==\"}}]}]",
        "messages[0].content[0].file.file_data"
    )]
    [InlineData("\"messages\":[{\"role\":\"function\",\"name\":\"f\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]", "messages[0].tool_call_id")]
    public void Part_ThatCannotBeCarried_IsRefusedWithItsPath(string members, string path)
    {
        var error = Both.Refusal(Both.OpenAi, Both.Anthropic, $"{{\"model\":\"m\",{members}}}");
        error.Param.ShouldBe(path);
        error.Message.ShouldContain(path);
        error.Kind.ShouldBe(
            Wye.Primitives.FailureKind.NoneAvailable,
            "a plan may go on to a target of the same dialect"
        );
    }
}
