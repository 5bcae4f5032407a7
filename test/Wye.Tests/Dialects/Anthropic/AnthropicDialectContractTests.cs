namespace Wye.Dialects.Anthropic;

public class AnthropicDialectContractTests : DialectContract
{
    public override IDialect Dialect => new AnthropicDialect();

    public override string Terminator => "message_stop";

    public override string Reply =>
        """
            {"id":"msg_1","type":"message","role":"assistant","model":"upstream-1","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":11,"output_tokens":3},"new_field":{"x":[1]}}
            """;

    public override IReadOnlyList<(string? Name, string Data)> Stream =>
        [
            (
                "message_start",
                """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":11,"output_tokens":1}}}"""
            ),
            (
                "content_block_start",
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""
            ),
            ("ping", """{"type":"ping"}"""),
            (
                "content_block_delta",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}"""
            ),
            ("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            (
                "message_delta",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":3}}"""
            ),
            ("message_stop", """{"type":"message_stop"}"""),
        ];

    public override IEnumerable<string> WrongRequests =>
        [
            "",
            "[]",
            "{",
            "{\"model\":\"m\"}",
            "{\"model\":\"m\",\"messages\":[]}",
            "{\"a\":1,\"a\":2}",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
        ];

    public override string Request(string model, bool stream) =>
        stream
            ? $$"""{"model":"{{model}}","max_tokens":50,"stream":true,"messages":[{"role":"user","content":"Hi"}]}"""
            : $$$"""{"model":"{{{model}}}","max_tokens":50,"messages":[{"role":"user","content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}]}],"temperature":0.5}""";
}
