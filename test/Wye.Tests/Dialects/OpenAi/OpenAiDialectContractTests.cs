namespace Wye.Dialects.OpenAi;

public class OpenAiDialectContractTests : DialectContract
{
    public override IDialect Dialect => Wire.Dialect;

    public override string Terminator => "[DONE]";

    public override string Reply =>
        """
            {"id":"c1","object":"chat.completion","model":"upstream-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14},"new_field":{"x":[1]}}
            """;

    public override IReadOnlyList<(string? Name, string Data)> Stream =>
        [
            (
                null,
                """{"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"""
            ),
            (
                null,
                """{"id":"c1","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"obfuscation":"xYz"}"""
            ),
            (null, """{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            (null, """{"id":"c1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}"""),
            (null, "[DONE]"),
        ];

    public override IEnumerable<string> WrongRequests =>
        ["", "[]", "{", "{\"model\":\"m\"}", "{\"model\":\"m\",\"messages\":[]}", "{\"a\":1,\"a\":2}"];

    public override string Request(string model, bool stream) =>
        stream
            ? $$"""{"model":"{{model}}","stream":true,"messages":[{"role":"user","content":"Hi"}]}"""
            : $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hi"}],"temperature":0.5}""";
}
