using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.OpenAi;

public class FrameReaderTests
{
    private readonly FrameReader _reader = new(DialectId.OpenAi);

    private ChatFrame Read(string data, string? name = null) => _reader.Read(name, A.Bytes(data));

    private ChatFrame Delta(string delta, string finish = "null") =>
        Read($"{{\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},\"finish_reason\":{finish}}}],\"usage\":null}}");

    [Theory]
    [InlineData("", ChatFrameKinds.None, 0)]
    [InlineData("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null", ChatFrameKinds.Role, 0)]
    [InlineData("\"content\":\"Hi\"", ChatFrameKinds.Content, 2)]
    [InlineData("\"content\":\"\\u00e9\\n\\ud83d\\ude00\"", ChatFrameKinds.Content, 7)]
    [InlineData("\"content\":\"\\ud83d\"", ChatFrameKinds.Content, 3)]
    [InlineData("\"role\":\"assistant\",\"content\":\"Hi\"", ChatFrameKinds.Role | ChatFrameKinds.Content, 2)]
    [InlineData("\"refusal\":\"No\"", ChatFrameKinds.Content, 2)]
    [InlineData("\"reasoning_content\":\"hm\"", ChatFrameKinds.Reasoning, 2)]
    [InlineData(
        "\"reasoning\":\"hm\",\"reasoning_details\":[{\"text\":\"hm\"}],\"content\":\"\"",
        ChatFrameKinds.Reasoning,
        2
    )]
    [InlineData("\"reasoning_content\":null,\"content\":\"x\"", ChatFrameKinds.Content, 1)]
    [InlineData(
        "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]",
        ChatFrameKinds.Tool,
        1
    )]
    [InlineData("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]", ChatFrameKinds.Tool, 4)]
    [InlineData("\"tool_calls\":[]", ChatFrameKinds.None, 0)]
    [InlineData("\"tool_calls\":null", ChatFrameKinds.None, 0)]
    [InlineData("\"function_call\":{\"name\":\"f\"}", ChatFrameKinds.Tool, 1)]
    [InlineData("\"audio\":{\"data\":\"AA\"}", ChatFrameKinds.Content, 0)]
    [InlineData("\"annotations\":[],\"extra\":{}", ChatFrameKinds.None, 0)]
    public void Reader_FlagsWhatADeltaCarries(string delta, ChatFrameKinds kinds, int bytes)
    {
        var frame = Delta(delta);
        frame.Kinds.ShouldBe(kinds);
        frame.ContentBytes.ShouldBe(bytes);
        frame.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"stop\"", FinishReason.Stop)]
    [InlineData("\"length\"", FinishReason.Length)]
    [InlineData("\"tool_calls\"", FinishReason.ToolCalls)]
    [InlineData("\"content_filter\"", FinishReason.ContentFilter)]
    [InlineData("\"novel\"", FinishReason.Other)]
    public void Reader_ReadsTheFinishReason(string finish, FinishReason expected)
    {
        var frame = Delta("", finish);
        frame.Kinds.ShouldBe(ChatFrameKinds.Finish);
        frame.Finish.ShouldBe(expected);
    }

    [Fact]
    public void Reader_TakesAStopAfterARefusal_AsWithheld()
    {
        Delta("\"refusal\":\"I cannot\"");
        Delta("", "\"stop\"").Finish.ShouldBe(FinishReason.ContentFilter);
    }

    [Fact]
    public void Reader_ReadsTheUsageOnlyChunk()
    {
        var frame = Read(
            """{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}"""
        );
        frame.Kinds.ShouldBe(ChatFrameKinds.Usage);
        frame.Usage.ShouldBe(
            new Usage
            {
                InputTokens = 5,
                CacheReadTokens = 4,
                OutputTokens = 3,
            }
        );
    }

    [Fact]
    public void Reader_SeesAnAbsurdUsageChunk_ButGivesNoCounts()
    {
        var frame = Read("""{"choices":[],"usage":{"prompt_tokens":-9,"completion_tokens":3}}""");
        frame.Kinds.ShouldBe(ChatFrameKinds.Usage);
        frame.Usage.ShouldBeNull();
    }

    [Theory]
    [InlineData("[DONE]", ChatFrameKinds.End)]
    [InlineData(" [DONE] ", ChatFrameKinds.End)]
    [InlineData("", ChatFrameKinds.None)]
    [InlineData("{}", ChatFrameKinds.None)]
    [InlineData("{\"choices\":[],\"prompt_filter_results\":[{}]}", ChatFrameKinds.None)]
    [InlineData("{\"choices\":null,\"error\":null}", ChatFrameKinds.None)]
    public void Reader_KnowsTheTerminator_AndLetsTheUnknownPass(string data, ChatFrameKinds expected) =>
        Read(data).Kinds.ShouldBe(expected);

    [Theory]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x")]
    [InlineData("{} {}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("[DONE")]
    public void Reader_MakesAnErrorFrame_OfABrokenChunk(string data)
    {
        var frame = Read(data);
        frame.Kinds.ShouldBe(ChatFrameKinds.Error);
        frame.Error!.Kind.ShouldBe(FailureKind.BadResponse);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"m\",\"type\":\"server_error\",\"code\":null}}", null, "server_error", "m")]
    [InlineData("{\"error\":{\"message\":\"m\",\"code\":503},\"choices\":[]}", null, "503", "m")]
    [InlineData("{\"error\":\"m\"}", null, null, "m")]
    [InlineData("{\"message\":\"m\"}", "error", null, "m")]
    public void Reader_ReadsAnErrorInsideTheStream(string data, string? name, string? code, string message)
    {
        var frame = Read(data, name);
        frame.Kinds.ShouldBe(ChatFrameKinds.Error);
        frame.Error!.Kind.ShouldBe(FailureKind.ServerError);
        frame.Error.Code.ShouldBe(code);
        frame.Error.Message.ShouldBe(message);
    }
}
