using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.Translation;

/// <summary>What an answer is called for callers of another dialect when its provider names it by nothing, or by an empty text.</summary>
public class AnswerNameTests
{
    private const string OpenAiAnswer =
        """{"id":"","model":"","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}""";

    private const string AnthropicAnswer =
        """{"id":"","model":"","content":[{"type":"text","text":"a"}],"stop_reason":"end_turn"}""";

    private const string GeminiAnswer =
        """{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}""";

    private static readonly string[] OpenAiStream =
    [
        """{"id":"","model":"","choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}""",
        """{"id":"","model":"","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
    ];

    private static readonly string[] AnthropicStream =
    [
        """{"type":"message_start","message":{"id":"","model":"","content":[]}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""",
    ];

    public static TheoryData<string, string, string> Ways =>
        new()
        {
            { "openai", "anthropic", "msg_01abc" },
            { "openai", "completions", "cmpl-01abc" },
            { "openai", "responses", "msg_01abc_0" },
            { "anthropic", "openai", "chatcmpl-01abc" },
            { "anthropic", "completions", "cmpl-01abc" },
            { "anthropic", "responses", "msg_01abc_0" },
            { "gemini", "openai", "chatcmpl-01abc" },
            { "gemini", "anthropic", "msg_01abc" },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void WholeAnswer_IsNamedAfterItsCall_AndTheModelThatWasAskedFor(string from, string to, string id)
    {
        using var asked = Ask(to);
        var answer = from switch
        {
            "openai" => OpenAiAnswer,
            "anthropic" => AnthropicAnswer,
            _ => GeminiAnswer,
        };
        Check(Faces.Answer(Faces.Provider(from), Faces.Caller(to), asked, answer), id);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Stream_IsNamedAfterItsCall_AndTheModelThatWasAskedFor(string from, string to, string id)
    {
        using var asked = Ask(to);
        string[] stream = from switch
        {
            "openai" => OpenAiStream,
            "anthropic" => AnthropicStream,
            _ => [GeminiAnswer],
        };
        Check(Faces.Stream(Faces.Provider(from), Faces.Caller(to), asked, stream), id);
    }

    [Theory]
    [InlineData(
        "openai",
        """{"id":"c-1","choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"","function":{"name":"w","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"""
    )]
    [InlineData(
        "anthropic",
        """{"id":"c-1","content":[{"type":"tool_use","name":"w","input":{}}],"stop_reason":"tool_use"}"""
    )]
    [InlineData(
        "gemini",
        """{"responseId":"c-1","candidates":[{"content":{"parts":[{"functionCall":{"name":"w"}}]},"finishReason":"STOP"}]}"""
    )]
    public void ACallWithoutAnId_IsNamedAfterItsAnswer(string from, string answer)
    {
        using var asked = Ask("responses");
        Faces
            .Answer(Faces.Provider(from), Faces.Caller("responses"), asked, answer)
            .ShouldContain("\"call_id\":\"call_c-1_0\"");
    }

    [Theory]
    [InlineData(
        "openai",
        """{"id":"c-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"w","arguments":"{}"}}]}}]}""",
        """{"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""
    )]
    [InlineData(
        "anthropic",
        """{"type":"message_start","message":{"id":"c-1","content":[]}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"w","input":{}}}"""
    )]
    public void AStreamedCallWithoutAnId_IsNamedAfterItsAnswer(string from, string first, string second)
    {
        using var asked = Ask("responses");
        Faces
            .Stream(Faces.Provider(from), Faces.Caller("responses"), asked, first, second)
            .ShouldContain("\"call_id\":\"call_c-1_0\"");
    }

    private static void Check(string text, string id)
    {
        text.ShouldContain($"\"id\":\"{id}\"");
        text.ShouldContain("\"model\":\"m\"");
        text.ShouldNotContain("\"model\":\"\"");
        text.ShouldNotContain("\"id\":\"\"");
    }

    private static ChatRequest Ask(string caller)
    {
        var asked = Faces.Read(
            Faces.Caller(caller),
            caller switch
            {
                "anthropic" => Both.AskAnthropic,
                "openai" => Both.AskOpenAi,
                "completions" => """{"model":"m","prompt":"Hi"}""",
                _ => """{"model":"m","input":"Hi"}""",
            }
        );
        asked.Call = new RequestId("req_01abc");
        return asked;
    }
}
