using Wye.Dialects.OpenAi.Completions;

namespace Wye.Dialects.Completions;

public class CompletionsDialectContractTests : DialectContract
{
    public override IDialect Dialect => new CompletionsDialect();

    public override string Terminator => "[DONE]";

    public override string Reply =>
        """
            {"id":"cmpl-1","object":"text_completion","created":1,"model":"upstream-1","choices":[{"text":"Hello","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14},"new_field":{"x":[1]}}
            """;

    public override IReadOnlyList<(string? Name, string Data)> Stream =>
        [
            (
                null,
                """{"id":"cmpl-1","object":"text_completion","choices":[{"text":"","index":0,"finish_reason":null}]}"""
            ),
            (null, """{"id":"cmpl-1","choices":[{"text":"Hello","index":0,"logprobs":null,"finish_reason":null}]}"""),
            (null, """{"id":"cmpl-1","choices":[{"text":"","index":0,"finish_reason":"stop"}]}"""),
            (null, """{"id":"cmpl-1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3}}"""),
            (null, "[DONE]"),
        ];

    public override IEnumerable<string> WrongRequests =>
        [
            "",
            "[]",
            "{",
            "{\"model\":\"m\"}",
            "{\"prompt\":\"x\"}",
            "{\"model\":\"m\",\"prompt\":5}",
            "{\"model\":\"m\",\"prompt\":[{}]}",
            "{\"model\":\"m\",\"prompt\":\"x\",\"n\":10000}",
            "{\"model\":\"m\",\"prompt\":\"x\",\"max_tokens\":-1}",
            "{\"model\":\"m\",\"prompt\":\"x\",\"prompt\":\"y\"}",
            "{\"model\":\"m\",\"prompt\":\"x\",\"base_url\":\"y\"}",
            "{\"model\":\"m\",\"prompt\":\"\\udfff\"}",
        ];

    public override string Request(string model, bool stream) =>
        stream
            ? $$$"""{"model":"{{{model}}}","prompt":"Hi","stream":true,"stream_options":{"include_usage":true}}"""
            : $$"""{"model":"{{model}}","prompt":["Hi"],"echo":true,"logprobs":3,"suffix":"!"}""";
}
