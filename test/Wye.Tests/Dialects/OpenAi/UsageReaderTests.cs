using System.Text;
using System.Text.Json;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

public class UsageReaderTests
{
    [Theory]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":5}", "10 0 5 0")]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":0}", "10 0 0 0")]
    [InlineData("{\"prompt_tokens\":10.0,\"completion_tokens\":5.0}", "10 0 5 0")]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":10}}",
        "0 10 5 0"
    )]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":null}", "10 0 5 0")]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":4}", "6 4 5 0")]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,\"completion_tokens_details\":{\"reasoning_tokens\":3}}",
        "10 0 5 3"
    )]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":18,\"completion_tokens_details\":{\"reasoning_tokens\":3}}",
        "10 0 8 3"
    )]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"completion_tokens_details\":{\"reasoning_tokens\":9}}",
        "10 0 5 5"
    )]
    [InlineData(
        "{\"prompt_tokens\":1000000000,\"completion_tokens\":5,\"new_tokens\":{\"a\":[1]}}",
        "1000000000 0 5 0"
    )]
    [InlineData("null", null)]
    [InlineData("5", null)]
    [InlineData("[1,[2]]", null)]
    [InlineData("{}", null)]
    [InlineData("{\"prompt_tokens\":10}", null)]
    [InlineData("{\"prompt_tokens\":0,\"completion_tokens\":0}", null)]
    [InlineData("{\"prompt_tokens\":-1,\"completion_tokens\":5}", null)]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":-5}", null)]
    [InlineData("{\"prompt_tokens\":10.5,\"completion_tokens\":5}", null)]
    [InlineData("{\"prompt_tokens\":\"10\",\"completion_tokens\":5}", null)]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":9007199254740993}", null)]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":9223372036854775808}", null)]
    [InlineData("{\"prompt_tokens\":10,\"completion_tokens\":1e300}", null)]
    [InlineData("{\"prompt_tokens\":1000000001,\"completion_tokens\":5}", null)]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":11}}",
        null
    )]
    [InlineData(
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":-1}}",
        null
    )]
    [InlineData("{\"prompt_tokens\":[10],\"completion_tokens\":5}", null)]
    public void Reader_TrustsNoAbsurdCount(string usage, string? expected)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[{usage},7]"));
        json.Read();
        json.Read();
        var read = UsageReader.Read(ref json);
        Show(read).ShouldBe(expected);
        json.Read().ShouldBeTrue();
        json.TokenType.ShouldBe(JsonTokenType.Number, "the reader must stand at the end of the usage");
    }

    private static string? Show(Usage? usage) =>
        usage is { } u ? $"{u.InputTokens} {u.CacheReadTokens} {u.OutputTokens} {u.ReasoningTokens}" : null;
}
