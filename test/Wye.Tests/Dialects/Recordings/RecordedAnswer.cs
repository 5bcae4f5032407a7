using Wye.Chat;

namespace Wye.Dialects.Recordings;

/// <summary>What a stream says, free of any dialect.</summary>
internal sealed record RecordedAnswer(string Name)
{
    public string Reasoning { get; init; } = "";

    public string Text { get; init; } = "";

    public (string Name, string Arguments)[] Calls { get; init; } = [];

    public FinishReason Finish { get; init; } = FinishReason.Stop;

    /// <summary>The same as one line, to compare.</summary>
    public override string ToString() =>
        $"{Reasoning}|{Text}|{string.Join(';', Calls.Select(call => $"{call.Name}({call.Arguments})"))}|{Finish}";

    /// <summary>Ten shapes of answers.</summary>
    public static RecordedAnswer[] Shapes { get; } =
    [
        new("plain") { Text = "The sea is wide and the night is long." },
        new("scripts") { Text = "Grüße aus Köln – größer, 漢字, 😀 and עברית." },
        new("escapes") { Text = "She said \"no\"\n\tand C:\\temp\\x </script> \u2028 \u0001." },
        new("looks like the wire")
        {
            Text = "data: [DONE]\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        },
        new("many small pieces") { Text = "a b c d e f g h i j k l" },
        new("nothing but blanks") { Text = "   \n  " },
        new("cut by its bound") { Text = "And then, all of a sudden,", Finish = FinishReason.Length },
        new("reasoning first") { Reasoning = "Let me think: größer?", Text = "42" },
        new("one call")
        {
            Calls = [("get_weather", """{"city":"Köln","days":[1,2]}""")],
            Finish = FinishReason.ToolCalls,
        },
        new("text, then two calls")
        {
            Text = "I look it up.",
            Calls = [("get_weather", """{"city":"Oslo"}"""), ("get_time", "{}")],
            Finish = FinishReason.ToolCalls,
        },
    ];
}
