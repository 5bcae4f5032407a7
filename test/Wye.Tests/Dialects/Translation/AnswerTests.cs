using Wye.Testing;

namespace Wye.Dialects.Translation;

/// <summary>Whole answers between the dialects; what holds of a stream too is tested beside.</summary>
public class AnswerTests
{
    [Fact]
    public void Message_BecomesACompletion()
    {
        var body = Both.Reply(
            Both.Anthropic,
            Both.OpenAi,
            """{"id":"msg_1","type":"message","role":"assistant","model":"c","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"a\n"},{"type":"text","text":"b"},{"type":"tool_use","id":"t1","name":"w","input":{"a": 1}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"cache_read_input_tokens":7,"cache_creation_input_tokens":2,"output_tokens":3}}"""
        );
        var created = new ManualTime().GetUtcNow().ToUnixTimeSeconds();
        body.ShouldBe(
            $$$$"""{"id":"msg_1","object":"chat.completion","created":{{{{created}}}},"model":"c","choices":[{"index":0,"message":{"role":"assistant","content":"a\nb","refusal":null,"reasoning_content":"hm","tool_calls":[{"id":"t1","type":"function","function":{"name":"w","arguments":"{\"a\": 1}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":14,"completion_tokens":3,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":7},"completion_tokens_details":{"reasoning_tokens":0}}}"""
        );
    }

    [Fact]
    public void Completion_BecomesAMessage()
    {
        const string Completion =
            """{"id":"c1","model":"g","choices":[{"index":0,"message":{"role":"assistant","reasoning_content":"hm","content":"a","tool_calls":[{"id":"t.1","type":"function","function":{"name":"w","arguments":"{\"a\": 1}"}},{"id":"t2","type":"function","function":{"name":"x","arguments":""}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":12,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":7}}}""";
        const string Message =
            """{"id":"c1","type":"message","role":"assistant","model":"g","content":[THINKING{"type":"text","text":"a"},{"type":"tool_use","id":"call_t_1","name":"w","input":{"a": 1},"caller":{"type":"direct"}},{"type":"tool_use","id":"t2","name":"x","input":{},"caller":{"type":"direct"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":7,"output_tokens":3}}""";
        using var plain = Both.Read(Both.Anthropic, Both.AskAnthropic);
        Both.Reply(Both.OpenAi, Both.Anthropic, Completion, plain)
            .ShouldBe(Message.Replace("THINKING", "", StringComparison.Ordinal));
        using var thinking = Both.Read(Both.Anthropic, Both.AskThinking);
        Both.Reply(Both.OpenAi, Both.Anthropic, Completion, thinking)
            .ShouldBe(
                Message.Replace(
                    "THINKING",
                    """{"type":"thinking","thinking":"hm","signature":""},""",
                    StringComparison.Ordinal
                )
            );
    }

    [Fact]
    public void AnEmptyId_IsReplaced_AsAMissingOneIs() =>
        Both.Reply(
                Both.OpenAi,
                Both.Anthropic,
                """{"id":"","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}"""
            )
            .ShouldContain("\"id\":\"msg_wye\"");

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("refusal", "content_filter")]
    [InlineData("pause_turn", "stop")]
    public void StopReason_BecomesAFinishReason(string from, string to) =>
        Both.Reply(
                Both.Anthropic,
                Both.OpenAi,
                $$"""{"content":[{"type":"text","text":"x"}],"stop_reason":"{{from}}"}"""
            )
            .ShouldContain($"\"finish_reason\":\"{to}\"");

    [Theory]
    [InlineData("stop", "end_turn")]
    [InlineData("length", "max_tokens")]
    [InlineData("content_filter", "refusal")]
    [InlineData("eos", "end_turn")]
    public void FinishReason_BecomesAStopReason(string from, string to) =>
        Both.Reply(
                Both.OpenAi,
                Both.Anthropic,
                $$"""{"choices":[{"message":{"content":"x"},"finish_reason":"{{from}}"}]}"""
            )
            .ShouldContain($"\"stop_reason\":\"{to}\"");

    [Theory]
    [InlineData("\"stop\"", "tool_use")]
    [InlineData("\"eos\"", "tool_use")]
    [InlineData("\"length\"", "max_tokens")]
    [InlineData("\"content_filter\"", "refusal")]
    public void CallThatEndsWithStop_IsAToolCall_ForOtherCallers(string from, string to)
    {
        const string Calls = """[{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":"{}"}}]""";
        var whole =
            $$$$"""{"choices":[{"index":0,"message":{"content":null,"tool_calls":{{{{Calls}}}}},"finish_reason":{{{{from}}}}}]}""";
        Both.Reply(Both.OpenAi, Both.Anthropic, whole).ShouldContain($"\"stop_reason\":\"{to}\"");
        Both.Reply(Both.OpenAi, Both.OpenAi, whole).ShouldBe(whole);
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        var piece = $$$$"""{"choices":[{"index":0,"delta":{"tool_calls":{{{{Calls}}}}}}]}""";
        var end = $$$"""{"choices":[{"index":0,"delta":{},"finish_reason":{{{from}}}}]}""";
        Both.Stream(Both.OpenAi, Both.Anthropic, asked, piece, end, "[DONE]")
            .ShouldContain($"\"stop_reason\":\"{to}\"");
        using var relayed = Both.Read(Both.OpenAi, Both.AskOpenAi);
        Both.Stream(Both.OpenAi, Both.OpenAi, relayed, piece, end).ShouldEndWith($"data: {end}\n\n");
    }

    [Fact]
    public void ArgumentsThatComeAsAnObject_AreCarried()
    {
        const string Call = """{"index":0,"id":"t1","function":{"name":"w","arguments":{"a": 1}}}""";
        const string Finish = "\"finish_reason\":\"tool_calls\"";
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        Both.Reply(
                Both.OpenAi,
                Both.Anthropic,
                $$$"""{"choices":[{"message":{"tool_calls":[{{{Call}}}]},{{{Finish}}}}]}""",
                asked
            )
            .ShouldContain("\"input\":{\"a\": 1}");
        Both.Stream(
                Both.OpenAi,
                Both.Anthropic,
                asked,
                $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{Call}}}]},{{{Finish}}}}]}""",
                "[DONE]"
            )
            .ShouldContain("\"partial_json\":\"{\\\"a\\\": 1}\"");
    }

    [Fact]
    public void ContentInParts_IsCarried_ItsThoughtsAsReasoning()
    {
        const string Content =
            """[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"Grü"},{"type":"text","text":"\u00dfe"}]""";
        using var asked = Both.Read(Both.Anthropic, Both.AskThinking);
        var whole = Both.Reply(
            Both.OpenAi,
            Both.Anthropic,
            $$$"""{"choices":[{"message":{"content":{{{Content}}}},"finish_reason":"stop"}]}""",
            asked
        );
        whole.ShouldContain("\"thinking\":\"hm\"");
        whole.ShouldContain("\"text\":\"Grü\"");
        var stream = Both.Stream(
            Both.OpenAi,
            Both.Anthropic,
            asked,
            $$$"""{"choices":[{"index":0,"delta":{"content":{{{Content}}}},"finish_reason":"stop"}]}""",
            "[DONE]"
        );
        stream.ShouldContain("\"thinking\":\"hm\"");
        stream.ShouldContain("\"text\":\"ße\"");
    }

    [Theory]
    [InlineData("\"model\":\"\",")]
    [InlineData("")]
    public void AnswerThatNamesNoModel_BearsTheNameThatWasAskedFor(string model)
    {
        var completion = $$"""{"id":"c1",{{model}}"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}""";
        var message = $$"""{"id":"c1",{{model}}"content":[{"type":"text","text":"x"}],"stop_reason":"end_turn"}""";
        using var openAi = Both.Read(Both.OpenAi, Both.AskOpenAi);
        using var anthropic = Both.Read(Both.Anthropic, Both.AskAnthropic);
        using var prompt = Faces.Read(Faces.Completions, """{"model":"m","prompt":"Hi"}""");

        Both.Reply(Both.OpenAi, Both.Anthropic, completion, anthropic).ShouldContain("\"model\":\"m\"");
        Both.Reply(Both.Anthropic, Both.OpenAi, message, openAi).ShouldContain("\"model\":\"m\"");
        Faces.Answer(Faces.OpenAi, Faces.Completions, prompt, completion).ShouldContain("\"model\":\"m\"");
    }
}
