using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Dialects.Sse;

namespace Wye.Dialects.OpenAi;

/// <summary>Streams as servers write them must leave as they came, whatever they hold and however they are split.</summary>
public class GoldenStreamTests
{
    public static TheoryData<string, string> Streams =>
        new()
        {
            {
                "plain, with obfuscation and a usage field in every chunk",
                """
                    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"gpt-x","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"7Yq"}

                    data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"Gr\u00fc\u00dfe \ud83d\ude00 aus K\u00f6ln"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"a"}

                    data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":" – größer, 漢字"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":""}

                    data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}

                    data: {"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}

                    data: [DONE]


                    """
            },
            {
                "tool calls, two at once, with fields nobody knows",
                """
                    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]},"finish_reason":null}],"x_provider":{"node":7}}

                    data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":"{}"},"new":[1,2.50,1e3]}]},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":" \"K\u00f6ln\"}"}}]},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                    data: [DONE]


                    """
            },
            {
                "a refusal",
                """
                    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":""},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"refusal":"I cannot help with that."},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                    data: [DONE]


                    """
            },
            {
                "reasoning before the answer, both names",
                """
                    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"Let me "},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"reasoning":"think","reasoning_details":[{"type":"text","text":"think"}]},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"content":"42","reasoning_content":null},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","native_finish_reason":"end"}]}

                    data: [DONE]


                    """
            },
            {
                "filter results first, a named event, two choices",
                """
                    data: {"choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}

                    event: note
                    data: {"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":null}]}

                    data: {"choices":[{"index":0,"delta":{"content":"a"},"content_filter_results":{},"finish_reason":"length"}]}

                    data: {"choices":[{"index":1,"delta":{},"finish_reason":"content_filter"}]}

                    data: [DONE]


                    """
            },
        };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_PassesByteForByte_WhateverTheSplit(string what, string stream)
    {
        var bytes = Encoding.UTF8.GetBytes(stream.ReplaceLineEndings("\n"));
        (await RelayAsync(new MemoryStream(bytes))).ShouldBe(bytes, what);
        (await RelayAsync(SplitStream.ByteByByte(bytes))).ShouldBe(bytes, what);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            (await RelayAsync(new SplitStream(bytes, cut))).AsSpan().SequenceEqual(bytes).ShouldBeTrue(what);
        }
    }

    private static async Task<byte[]> RelayAsync(Stream stream)
    {
        using var events = new SseReader(stream);
        var reader = new FrameReader(DialectId.OpenAi);
        var writer = new FrameWriter(usageWanted: true);
        var output = new ArrayBufferWriter<byte>();
        while (true)
        {
            var next = await events.ReadAsync(default);
            next.Status.ShouldBe(SseStatus.Event);
            var frame = reader.Read(next.Name, next.Data);
            frame.Error.ShouldBeNull();
            if (frame.Has(ChatFrameKinds.End))
            {
                writer.WriteEnd(frame, output);
                return output.WrittenSpan.ToArray();
            }

            writer.Write(frame, output);
        }
    }
}
