using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Sse;
using Wye.Testing;

namespace Wye.Dialects.Translation;

/// <summary>Streams between the dialects.</summary>
public class StreamTests
{
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
    public void AnthropicStream_ReachesAnOpenAiCaller_AsChunks()
    {
        using var asked = Both.Read(Both.OpenAi, Both.AskOpenAi);
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
            Both.AskOpenAi.Replace("\"include_usage\":true", "\"include_usage\":false", StringComparison.Ordinal)
        );
        Both.Stream(Both.Anthropic, Both.OpenAi, asked, AnthropicStream).ShouldNotContain("usage");
    }

    [Theory]
    [InlineData(Both.AskAnthropic, false)]
    [InlineData(Both.AskThinking, true)]
    [InlineData(
        """{"model":"m","max_tokens":9,"stream":true,"output_config":{"effort":"low"},"messages":[{"role":"user","content":"Hi"}]}""",
        false
    )]
    [InlineData(
        """{"model":"m","max_tokens":9,"stream":true,"thinking":{"type":"adaptive","display":"omitted"},"messages":[{"role":"user","content":"Hi"}]}""",
        false
    )]
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
    public void MessageStart_HoldsTheEstimateOfThePrompt_UntilTheProviderHasCounted()
    {
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        asked.PromptTokens = 14;
        var events = Payloads(Both.Stream(Both.OpenAi, Both.Anthropic, asked, OpenAiStream));
        InputOf(events[0].Data).ShouldBe(14);
        InputOf(events[^2].Data).ShouldBe(5, "the end has what was counted, without the cached tokens");

        var counted = Faces.Stream(
            Faces.Gemini,
            Both.Anthropic,
            asked,
            """{"candidates":[{"content":{"parts":[{"text":"Ho"}]}}],"usageMetadata":{"promptTokenCount":19}}""",
            """{"candidates":[{"content":{"parts":[{"text":"!"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":19,"candidatesTokenCount":2}}"""
        );
        InputOf(Payloads(counted)[0].Data).ShouldBe(19, "this provider counts at once");
    }

    [Fact]
    public void MixedArguments_OfParallelCalls_ReachTheirBlocks_OneAfterTheOther()
    {
        static string Chunk(string calls) =>
            $$$"""{"id":"c1","model":"g","choices":[{"index":0,"delta":{"tool_calls":[{{{calls}}}]}}]}""";
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        var stream = Both.Stream(
            Both.OpenAi,
            Both.Anthropic,
            asked,
            Chunk("""{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":"{\"a\":\"}"}}"""),
            Chunk("""{"index":1,"id":"t2","type":"function","function":{"name":"x","arguments":"{\"b\":"}}"""),
            Chunk("""{"index":2,"id":"t3","type":"function","function":{"name":"y","arguments":""}}"""),
            Chunk("""{"index":1,"function":{"arguments":"["}}"""),
            Chunk("""{"index":0,"function":{"arguments":"\\\""}},{"index":1,"function":{"arguments":"2"}}"""),
            Chunk("""{"index":0,"function":{"arguments":"\"}"}}"""),
            Chunk("""{"index":1,"function":{"arguments":"]}"}}"""),
            """{"id":"c1","model":"g","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]"
        );
        var events = Payloads(stream).Select(item => JsonElement.Parse(item.Data)).ToList();
        events
            .Where(one => one.TryGetProperty("index", out _))
            .Select(one => one.GetProperty("index").GetInt32())
            .ShouldBeInOrder();
        string Arguments(int block) =>
            string.Concat(
                events
                    .Where(one =>
                        one.GetProperty("type").GetString() == "content_block_delta"
                        && one.GetProperty("index").GetInt32() == block
                    )
                    .Select(one => one.GetProperty("delta").GetProperty("partial_json").GetString())
            );
        Arguments(0).ShouldBe("""{"a":"}\""}""");
        Arguments(1).ShouldBe("""{"b":[2]}""");
        Arguments(2).ShouldBe("");
        events
            .Where(one => one.GetProperty("type").GetString() == "content_block_start")
            .Select(one => one.GetProperty("content_block").GetProperty("id").GetString())
            .ShouldBe(["t1", "t2", "t3"]);
        events.Count(one => one.GetProperty("type").GetString() == "content_block_stop").ShouldBe(3);
    }

    [Fact]
    public void ArgumentsOfACallThatHasEnded_AreNotLostInSilence()
    {
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        string[] mixed =
        [
            .. OpenAiStream[..6],
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"late"}}]}}]}""",
        ];
        Should
            .Throw<InvalidDataException>(() => Both.Stream(Both.OpenAi, Both.Anthropic, asked, mixed))
            .Message.ShouldBe(
                "its stream went back to tool call 0, which had ended, and Anthropic's format has no place for mixed calls. Ask without 'stream', or set tool_choice.disable_parallel_tool_use to true."
            );
    }

    [Fact]
    public void SplitEscapes_DoNotThrow()
    {
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
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
        using var askedOpenAi = Both.Read(Both.OpenAi, Both.AskOpenAi);
        using var askedAnthropic = Both.Read(Both.Anthropic, Both.AskAnthropic);
        await ShouldNotDependOnSplits(Both.Anthropic, Both.OpenAi, askedOpenAi, AnthropicStream, named: true);
        await ShouldNotDependOnSplits(Both.OpenAi, Both.Anthropic, askedAnthropic, OpenAiStream, named: false);
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
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
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
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        Both.Stream(Both.OpenAi, Both.Anthropic, asked, stream)
            .Split("content_block_start", StringSplitOptions.None)
            .Length.ShouldBe(5, "two calls, each named by its event and its payload");
    }

    [Fact]
    public void AzuresFirstChunk_WhichNamesNothing_BeginsNoMessage()
    {
        const string Filters =
            """{"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}""";
        using var asked = Both.Read(Both.Anthropic, Both.AskAnthropic);
        var events = Payloads(Both.Stream(Both.OpenAi, Both.Anthropic, asked, [Filters, .. OpenAiStream]));
        var start = JsonElement.Parse(events[0].Data).GetProperty("message");
        start.GetProperty("id").GetString().ShouldBe("c1");
        start.GetProperty("model").GetString().ShouldBe("g");
    }

    [Theory]
    [InlineData("\"model\":\"\",")]
    [InlineData("")]
    public void StreamThatNamesNoModel_BearsTheNameThatWasAskedFor(string model)
    {
        var chunk = $$"""{"id":"c1",{{model}}"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}""";
        string[] events =
        [
            $$$$"""{"type":"message_start","message":{"id":"msg_1",{{{{model}}}}"content":[],"usage":{"input_tokens":5,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}}""",
        ];
        using var openAi = Both.Read(Both.OpenAi, Both.AskOpenAi);
        using var anthropic = Both.Read(Both.Anthropic, Both.AskAnthropic);
        using var prompt = Faces.Read(Faces.Completions, """{"model":"m","prompt":"Hi","stream":true}""");

        Both.Stream(Both.OpenAi, Both.Anthropic, anthropic, chunk).ShouldContain("\"model\":\"m\"");
        foreach (var (_, data) in Payloads(Both.Stream(Both.Anthropic, Both.OpenAi, openAi, events)))
        {
            JsonElement.Parse(data).GetProperty("model").GetString().ShouldBe("m");
        }

        var writer = Faces.Completions.CreateFrameWriter(prompt);
        var output = new ArrayBufferWriter<byte>();
        writer.Write(Faces.OpenAi.CreateFrameReader().Read(null, A.Bytes(chunk)), output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldContain("\"model\":\"m\"");
    }

    private static int InputOf(string data)
    {
        var told = JsonElement.Parse(data);
        var holder = told.TryGetProperty("message", out var message) ? message : told;
        return holder.GetProperty("usage").GetProperty("input_tokens").GetInt32();
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
