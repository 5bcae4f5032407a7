using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Translation;

public class AnthropicToOpenAiTests
{
    private const string Hi = "\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Fact]
    public void Turns_ToolsAndResults_AreCarried()
    {
        var (body, dropped) = Both.ToOpenAi(
            """
            {"model":"m","max_tokens":50,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Be kind."}],
             "messages":[{"role":"user","content":"?"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"Let me see."},{"type":"tool_use","id":"t1","name":"w","input":{"city": "Oslo"}},{"type":"tool_use","id":"t2","name":"w","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"3 C"},{"type":"tool_result","tool_use_id":"t2","is_error":true,"content":[{"type":"text","text":"no"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]},{"type":"text","text":"so?"}]}],
             "tools":[{"name":"w","description":"Weather","input_schema":{"type":"object"}},{"type":"custom","name":"x","input_schema":{"type":"object"}}],
             "tool_choice":{"type":"tool","name":"w","disable_parallel_tool_use":true}}
            """
        );
        body.ShouldBe(
            """{"model":"up","messages":[{"role":"system","content":"Be brief.\n\nBe kind."},{"role":"user","content":"?"},{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"t1","type":"function","function":{"name":"w","arguments":"{\"city\": \"Oslo\"}"}},{"id":"t2","type":"function","function":{"name":"w","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t1","content":"3 C"},{"role":"tool","tool_call_id":"t2","content":"no"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},{"role":"user","content":"so?"}],"max_tokens":50,"tools":[{"type":"function","function":{"name":"w","description":"Weather","parameters":{"type":"object"}}},{"type":"function","function":{"name":"x","parameters":{"type":"object"}}}],"tool_choice":{"type":"function","function":{"name":"w"}},"parallel_tool_calls":false}"""
        );
        dropped.ShouldBe(["cache_control", "thinking", "is_error"]);
    }

    [Theory]
    [InlineData("any", "required")]
    [InlineData("auto", "auto")]
    [InlineData("none", "none")]
    public void ToolChoice_IsMapped(string from, string to) =>
        Both.ToOpenAi(
                $$$"""{"model":"m",{{{Hi}}},"tools":[{"name":"w","input_schema":{}}],"tool_choice":{"type":"{{{from}}}"}}"""
            )
            .Body.ShouldContain($"\"tool_choice\":\"{to}\"");

    [Fact]
    public void Options_AreMappedOrDropped()
    {
        var (body, dropped) = Both.ToOpenAi(
            $$$"""{"model":"m",{{{Hi}}},"temperature":0.5,"top_p":0.9,"top_k":5,"stop_sequences":["END"],"metadata":{"user_id":"u1"},"stream":true,"service_tier":"auto","context_management":{"edits":[1]}}"""
        );
        body.ShouldContain("\"temperature\":0.5,\"top_p\":0.9,\"stop\":[\"END\"]");
        body.ShouldEndWith("\"user\":\"u1\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        dropped.ShouldBe(["service_tier", "context_management", "top_k"]);
    }

    [Theory]
    [InlineData(null, "abcde", false)]
    [InlineData(4, "abcd", true)]
    [InlineData(5, "abcde", false)]
    public void StopSequences_GoAsManyAsTheServerTakes(int? most, string expected, bool isDropped)
    {
        var (body, dropped) = Both.ToOpenAi(
            """{"model":"m","max_tokens":9,"stop_sequences":["a","b","c","d","e"],"messages":[{"role":"user","content":"Hi"}]}""",
            Both.Thinker with
            {
                MostStops = most,
            }
        );

        using var json = JsonDocument.Parse(body);
        string.Concat(json.RootElement.GetProperty("stop").EnumerateArray().Select(stop => stop.GetString()))
            .ShouldBe(expected);
        dropped.Contains("stop", StringComparer.Ordinal).ShouldBe(isDropped);
    }

    [Fact]
    public void NewerOutputBound_AndFixedSampling_AreRespected()
    {
        using var request = Both.Read(
            Both.Anthropic,
            $$"""{"model":"m",{{Hi}},"temperature":0.5,"stop_sequences":["END"]}"""
        );
        var (body, dropped) = Both.Write(
            Both.OpenAi,
            request,
            Both.Thinker with
            {
                FixedSampling = true,
            },
            call => call with { NewerOutputBound = true, MaxOutputTokens = 9 }
        );
        body.ShouldBe("""{"model":"up","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":9}""");
        dropped.ShouldBe(["temperature", "stop"]);
    }

    [Fact]
    public void AMessageWithoutParts_IsAnEmptyText_NotAnEmptyArray() =>
        Both.ToOpenAi("""{"model":"m","messages":[{"role":"user","content":[]}]}""")
            .Body.ShouldContain("{\"role\":\"user\",\"content\":\"\"}");

    [Theory]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}", "low")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8000}", "medium")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":20000}", "high")]
    [InlineData("\"thinking\":{\"type\":\"adaptive\"}", "medium")]
    [InlineData("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"max\"}", "high")]
    [InlineData("\"thinking\":{\"type\":\"disabled\"}", null)]
    public void Thinking_BecomesAnEffort_WhereTheModelTakesOne(string members, string? effort)
    {
        var body = $$"""{"model":"m",{{Hi}},{{members}}}""";
        var (reasons, kept) = Both.ToOpenAi(body);
        reasons.Contains("reasoning_effort", StringComparison.Ordinal).ShouldBe(effort is not null);
        reasons.ShouldContain(effort is null ? "max_tokens" : $"\"reasoning_effort\":\"{effort}\"");
        kept.ShouldBe(
            members.Contains("max", StringComparison.Ordinal) ? ["reasoning_effort"]
            : members.Contains("disabled", StringComparison.Ordinal) ? ["thinking"]
            : []
        );
        var (plain, dropped) = Both.ToOpenAi(body, ChatTarget.Unknown);
        plain.ShouldNotContain("reasoning_effort");
        dropped.ShouldBe(effort is null ? [] : ["thinking"]);
    }

    [Theory]
    [InlineData(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}",
        "true"
    )]
    [InlineData(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":false}",
        "false"
    )]
    [InlineData("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}", "false")]
    public void OutputFormat_BecomesASchema_StrictOnlyWhereItCanBe(string schema, string strict) =>
        Both.ToOpenAi(
                $$$$$"""{"model":"m",{{{{{Hi}}}}},"output_config":{"format":{"type":"json_schema","schema":{{{{{schema}}}}}}}}"""
            )
            .Body.ShouldContain(
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"schema\":"
                    + schema
                    + ",\"strict\":"
                    + strict
                    + "}}"
            );

    [Fact]
    public void BytesOfImages_AreCarriedAsTheTextTheyAre()
    {
        // Neither escapes nor what is no base64 at all may end the string that they are written into.
        var (body, _) = Both.ToOpenAi(
            """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image\/png","data":"A\/\u002b"}},{"type":"image","source":{"type":"base64","media_type":"i\"ü","data":"ü\"\\"}}]}]}"""
        );
        body.ShouldContain(
            """[{"type":"image_url","image_url":{"url":"data:image/png;base64,A/+"}},{"type":"image_url","image_url":{"url":"data:i\"ü;base64,ü\"\\"}}]"""
        );
    }

    [Fact]
    public void ImagesAndDocuments_AreCarried()
    {
        var (body, _) = Both.ToOpenAi(
            """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"https://x.y/z.jpg"}},{"type":"document","title":"T","source":{"type":"text","media_type":"text/plain","data":"long"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBB="}}]}]}"""
        );
        body.ShouldContain(
            """[{"type":"image_url","image_url":{"url":"https://x.y/z.jpg"}},{"type":"text","text":"T\n\nlong"},{"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,BBB="}}]"""
        );
    }

    [Fact]
    public void MembersInside_ThatCannotBeCarried_AreNamed()
    {
        var (body, dropped) = Both.ToOpenAi(
            """
            {"model":"m","max_tokens":5,"system":[{"type":"text","text":"s","a":1}],"tool_choice":{"type":"auto","b":1},
             "messages":[{"role":"user","c":1,"content":[{"type":"document","context":"k","title":"T","source":{"type":"text","media_type":"text/plain","data":"d"}}]},
              {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"w","input":{},"caller":{"type":"direct"},"d":1}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r","e":1}]}],
             "tools":[{"name":"w","input_schema":{},"input_examples":[{}],"defer_loading":true,"cache_control":{"type":"ephemeral"}}]}
            """
        );
        body.ShouldContain("T\\n\\nd");
        dropped.ShouldBe(["a", "c", "context", "d", "e", "input_examples", "defer_loading", "cache_control", "b"]);
    }

    [Theory]
    [InlineData(Hi + ",\"mcp_servers\":[{\"url\":\"x\"}]", "mcp_servers")]
    [InlineData(Hi + ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "tools[0].type")]
    [InlineData(
        "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}]",
        "messages[0].content[0].source"
    )]
    [InlineData(
        "\"max_tokens\":5,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}]}]",
        "messages[0].content[0]"
    )]
    [InlineData(
        "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}}]}]",
        "messages[0].content[0].source"
    )]
    [InlineData(Hi + ",\"output_config\":{\"format\":{\"type\":\"grammar\"}}", "output_config.format.type")]
    [InlineData(Hi + ",\"output_config\":{\"format\":{\"type\":\"json_schema\"}}", "output_config.format.schema")]
    [InlineData(Hi + ",\"output_format\":{\"type\":\"grammar\"}", "output_format.type")]
    [InlineData(Hi + ",\"tool_choice\":{\"type\":\"any\"}", "tool_choice")]
    [InlineData(
        Hi + ",\"tools\":[{\"name\":\"w\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"allowed\"}",
        "tool_choice.type"
    )]
    public void Part_ThatCannotBeCarried_IsRefusedWithItsPath(string members, string path)
    {
        var error = Both.Refusal(Both.Anthropic, Both.OpenAi, $"{{\"model\":\"m\",{members}}}");
        error.Param.ShouldBe(path);
        error.Message.ShouldContain(path);
    }
}
