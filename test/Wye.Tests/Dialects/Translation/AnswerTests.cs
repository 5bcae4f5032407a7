using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Sse;
using Wye.Testing;

namespace Wye.Dialects.Translation;

public class AnswerTests
{
    private const string AskOpenAi =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private const string AskAnthropic =
        "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private const string AskThinking =
        "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"thinking\":{\"type\":\"adaptive\"},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static readonly string[] AnthropicStream =
    [
        """{"type":"message_start","message":{"id":"msg_1","model":"c","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"ping"}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hé\n\"llo\""}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"w","input":{}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"1}"}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t2","name":"x","input":{}}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":30}}""",
        """{"type":"message_stop"}""",
    ];

    private static readonly string[] OpenAiStream =
    [
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"content":"Hé\n\"llo\""}}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":""}}]}}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}}]}}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"x","arguments":"{}"}}]}}]}""",
        """{"id":"c1","model":"g","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        """{"id":"c1","model":"g","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":30,"prompt_tokens_details":{"cached_tokens":7}}}""",
        "[DONE]",
    ];

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
        using var plain = Both.Read(Both.Anthropic, AskAnthropic);
        Both.Reply(Both.OpenAi, Both.Anthropic, Completion, plain)
            .ShouldBe(Message.Replace("THINKING", "", StringComparison.Ordinal));
        using var thinking = Both.Read(Both.Anthropic, AskThinking);
        Both.Reply(Both.OpenAi, Both.Anthropic, Completion, thinking)
            .ShouldBe(
                Message.Replace(
                    "THINKING",
                    """{"type":"thinking","thinking":"hm","signature":""},""",
                    StringComparison.Ordinal
                )
            );
    }

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
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        var piece = $$$$"""{"choices":[{"index":0,"delta":{"tool_calls":{{{{Calls}}}}}}]}""";
        var end = $$$"""{"choices":[{"index":0,"delta":{},"finish_reason":{{{from}}}}]}""";
        Both.Stream(Both.OpenAi, Both.Anthropic, asked, piece, end, "[DONE]")
            .ShouldContain($"\"stop_reason\":\"{to}\"");
        using var relayed = Both.Read(Both.OpenAi, AskOpenAi);
        Both.Stream(Both.OpenAi, Both.OpenAi, relayed, piece, end).ShouldEndWith($"data: {end}\n\n");
    }

    [Fact]
    public void AnthropicStream_ReachesAnOpenAiCaller_AsChunks()
    {
        using var asked = Both.Read(Both.OpenAi, AskOpenAi);
        var events = Payloads(Both.Stream(Both.Anthropic, Both.OpenAi, asked, AnthropicStream));
        events[^1].ShouldBe((null, "[DONE]"));
        var chunks = events.SkipLast(1).Select(item => JsonDocument.Parse(item.Data).RootElement).ToList();
        chunks.ShouldAllBe(chunk => chunk.GetProperty("id").GetString() == "msg_1");
        var choices = chunks.SkipLast(1).Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        var deltas = choices.Select(choice => choice.GetProperty("delta").GetRawText()).ToList();
        deltas.ShouldBe([
            """{"role":"assistant","content":""}""",
            """{"reasoning_content":"hm"}""",
            """{"content":"Hé\n\"llo\""}""",
            """{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"x","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
            "{}",
        ]);
        choices[^1].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        var usage = chunks[^1].GetProperty("usage");
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        usage.GetProperty("prompt_tokens").GetInt32().ShouldBe(12);
        usage.GetProperty("completion_tokens").GetInt32().ShouldBe(30);
        usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32().ShouldBe(7);
    }

    [Fact]
    public void UsageChunk_IsWithheld_FromWhoDidNotAskForIt()
    {
        using var asked = Both.Read(
            Both.OpenAi,
            AskOpenAi.Replace("\"include_usage\":true", "\"include_usage\":false", StringComparison.Ordinal)
        );
        Both.Stream(Both.Anthropic, Both.OpenAi, asked, AnthropicStream).ShouldNotContain("usage");
    }

    [Theory]
    [InlineData(AskAnthropic, false)]
    [InlineData(AskThinking, true)]
    public void OpenAiStream_ReachesAnAnthropicCaller_AsBlocks(string ask, bool thinks)
    {
        using var asked = Both.Read(Both.Anthropic, ask);
        var events = Payloads(Both.Stream(Both.OpenAi, Both.Anthropic, asked, OpenAiStream));
        events.ShouldAllBe(item => item.Data.StartsWith($"{{\"type\":\"{item.Name}\"", StringComparison.Ordinal));
        var at = thinks ? 1 : 0;
        List<string> expected =
        [
            """{"type":"message_start","message":{"id":"c1","type":"message","role":"assistant","model":"g","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}""",
            .. thinks
                ? new[]
                {
                    """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
                    """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
                    """{"type":"content_block_stop","index":0}""",
                }
                : [],
            $$$"""{"type":"content_block_start","index":{{{at}}},"content_block":{"type":"text","text":""}}""",
            $$$"""{"type":"content_block_delta","index":{{{at}}},"delta":{"type":"text_delta","text":"Hé\n\"llo\""}}""",
            $$$"""{"type":"content_block_stop","index":{{{at}}}}""",
            $$$$"""{"type":"content_block_start","index":{{{{at + 1}}}},"content_block":{"type":"tool_use","id":"t1","name":"w","input":{},"caller":{"type":"direct"}}}""",
            $$$"""{"type":"content_block_delta","index":{{{at + 1}}},"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}""",
            $$$"""{"type":"content_block_stop","index":{{{at + 1}}}}""",
            $$$$"""{"type":"content_block_start","index":{{{{at + 2}}}},"content_block":{"type":"tool_use","id":"t2","name":"x","input":{},"caller":{"type":"direct"}}}""",
            $$$"""{"type":"content_block_delta","index":{{{at + 2}}},"delta":{"type":"input_json_delta","partial_json":"{}"}}""",
            $$$"""{"type":"content_block_stop","index":{{{at + 2}}}}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":7,"output_tokens":30}}""",
            """{"type":"message_stop"}""",
        ];
        events.Select(item => item.Data).ShouldBe(expected);
    }

    [Fact]
    public void MixedArguments_OfParallelCalls_AreNotLostInSilence()
    {
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        string[] mixed =
        [
            .. OpenAiStream[..6],
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"late"}}]}}]}""",
        ];
        Should.Throw<InvalidDataException>(() => Both.Stream(Both.OpenAi, Both.Anthropic, asked, mixed));
    }

    [Fact]
    public void SplitEscapes_DoNotThrow()
    {
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        Both.Stream(
                Both.OpenAi,
                Both.Anthropic,
                asked,
                """{"choices":[{"index":0,"delta":{"content":"a\ud83d"}}]}""",
                """{"choices":[{"index":0,"delta":{"content":"\ude00"}}]}"""
            )
            .ShouldContain("a\uFFFD");
    }

    [Fact]
    public async Task Streams_ReadTheSame_HoweverTheirBytesAreSplit()
    {
        using var askedOpenAi = Both.Read(Both.OpenAi, AskOpenAi);
        using var askedAnthropic = Both.Read(Both.Anthropic, AskAnthropic);
        await ShouldNotDependOnSplits(Both.Anthropic, Both.OpenAi, askedOpenAi, AnthropicStream, named: true);
        await ShouldNotDependOnSplits(Both.OpenAi, Both.Anthropic, askedAnthropic, OpenAiStream, named: false);
    }

    private static async Task ShouldNotDependOnSplits(
        IDialect from,
        IDialect to,
        ChatRequest asked,
        string[] payloads,
        bool named
    )
    {
        var whole = Both.Stream(from, to, asked, payloads);
        var wire = Encoding.UTF8.GetBytes(
            string.Concat(payloads.Select(data => (named ? "event: x\n" : "") + $"data: {data}\n\n"))
        );
        for (var cut = 1; cut < wire.Length; cut++)
        {
            using var reader = new SseReader(new SplitStream(wire, cut));
            List<string> read = [];
            while (await reader.ReadAsync(default) is { Status: SseStatus.Event } item)
            {
                read.Add(Encoding.UTF8.GetString(item.Data.Span));
            }

            (cut, string.Join('\n', read)).ShouldBe((cut, string.Join('\n', payloads)));
        }

        using var single = new SseReader(SplitStream.ByteByByte(wire));
        List<string> bytewise = [];
        while (await single.ReadAsync(default) is { Status: SseStatus.Event } item)
        {
            bytewise.Add(Encoding.UTF8.GetString(item.Data.Span));
        }

        Both.Stream(from, to, asked, [.. bytewise]).ShouldBe(whole);
    }

    [Theory]
    [InlineData("\"index\":0,", "\"index\":0,")]
    [InlineData("", "")]
    [InlineData("\"index\":0,", "\"index\":1,")]
    public void CallsOfTheirOwnIds_AreCallsOfTheirOwn_HoweverTheyAreNumbered(string first, string second)
    {
        const string Piece =
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{NUMBER"id":"ID","function":{"name":"NAME","arguments":"{\"a\":1}"}}]}}]}""";
        string Of(string number, string id, string name) =>
            Piece
                .Replace("NUMBER", number, StringComparison.Ordinal)
                .Replace("ID", id, StringComparison.Ordinal)
                .Replace("NAME", name, StringComparison.Ordinal);
        string[] stream =
        [
            Of(first, "t1", "w"),
            Of(second, "t2", "x"),
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ];
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        var answer = Both.Stream(Both.OpenAi, Both.Anthropic, asked, stream);
        foreach (var (block, id) in new[] { (0, "t1"), (1, "t2") })
        {
            answer.ShouldContain($"\"index\":{block},\"content_block\":{{\"type\":\"tool_use\",\"id\":\"{id}\"");
            answer.ShouldContain(
                $$"""{"type":"content_block_delta","index":{{block}},"delta":{"type":"input_json_delta","""
            );
        }
    }

    [Fact]
    public void APieceThatRepeatsNameAndId_OrNamesNeither_StaysWithItsCall()
    {
        string[] stream =
        [
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"id":"t1","function":{"name":"w","arguments":"{"}}]}}]}""",
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"\"a\""}}]}}]}""",
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","function":{"name":"x","arguments":"{\"b\""}}]}}]}""",
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","function":{"name":"x","arguments":":2}"}}]}}]}""",
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ];
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        Both.Stream(Both.OpenAi, Both.Anthropic, asked, stream)
            .Split("content_block_start", StringSplitOptions.None)
            .Length.ShouldBe(5, "two calls, each named by its event and its payload");
    }

    [Fact]
    public void ArgumentsThatComeAsAnObject_AreCarried()
    {
        const string Call = """{"index":0,"id":"t1","function":{"name":"w","arguments":{"a": 1}}}""";
        const string Finish = "\"finish_reason\":\"tool_calls\"";
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
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
        using var asked = Both.Read(Both.Anthropic, AskThinking);
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

    [Fact]
    public void AzuresFirstChunk_WhichNamesNothing_BeginsNoMessage()
    {
        const string Filters =
            """{"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}""";
        using var asked = Both.Read(Both.Anthropic, AskAnthropic);
        var events = Payloads(Both.Stream(Both.OpenAi, Both.Anthropic, asked, [Filters, .. OpenAiStream]));
        var start = JsonElement.Parse(events[0].Data).GetProperty("message");
        start.GetProperty("id").GetString().ShouldBe("c1");
        start.GetProperty("model").GetString().ShouldBe("g");
    }

    private static List<(string? Name, string Data)> Payloads(string stream) =>
        [
            .. stream
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(block => block.Split('\n'))
                .Select(lines =>
                    (
                        lines.FirstOrDefault(line => line.StartsWith("event: ", StringComparison.Ordinal))?[7..],
                        lines.Single(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..]
                    )
                ),
        ];
}
