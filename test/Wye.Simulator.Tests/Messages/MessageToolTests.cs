using System.Text.Json;

namespace Wye.Simulator.Messages;

public class MessageToolTests
{
    [Theory]
    [InlineData("What is the weather like?", "", "")]
    [InlineData("Use get_weather for Paris", "", "get_weather")]
    [InlineData("get weather and get time, please", "", "get_weather,get_time")]
    [InlineData(
        "get weather and get time, please",
        ",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
        "get_weather"
    )]
    [InlineData("Hello", ",\"tool_choice\":{\"type\":\"any\"}", "get_weather")]
    [InlineData("Hello", ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"get_time\"}", "get_time")]
    [InlineData("Use get_weather", ",\"tool_choice\":{\"type\":\"none\"}", "")]
    public async Task Tools_AreUsedWhenAskedFor_StreamedOrNot(string prompt, string more, string expected)
    {
        await using var sim = await Sim.StartAsync();
        var message = await sim.MessageAsync(Claude.Body(prompt, Claude.Tools + more));
        var uses = message
            .GetProperty("content")
            .EnumerateArray()
            .Where(b => b.GetProperty("type").GetString() is "tool_use")
            .ToArray();
        string.Join(',', uses.Select(u => u.GetProperty("name").GetString())).ShouldBe(expected);
        message.GetProperty("stop_reason").GetString().ShouldBe(expected.Length == 0 ? "end_turn" : "tool_use");

        var stream = await sim.EventsAsync(Claude.Streamed(prompt, Claude.Tools + more));
        stream.StopReason.ShouldBe(expected.Length == 0 ? "end_turn" : "tool_use");
        for (var i = 0; i < uses.Length; i++)
        {
            var start = stream.Of("content_block_start").ElementAt(i);
            start.GetProperty("index").GetInt32().ShouldBe(i);
            start.GetProperty("content_block").GetProperty("id").GetString()!.ShouldStartWith("toolu_");
            start
                .GetProperty("content_block")
                .GetProperty("name")
                .GetString()
                .ShouldBe(uses[i].GetProperty("name").GetString());
            start.GetProperty("content_block").GetProperty("input").GetRawText().ShouldBe("{}");
            stream.Joined("input_json_delta", "partial_json", i).ShouldBe(uses[i].GetProperty("input").GetRawText());
        }

        var bill = await sim.BillAsync();
        bill[1].PicoUsd.ShouldBe(bill[0].PicoUsd);
    }

    [Fact]
    public async Task AfterToolResults_TheModelAnswersInText_AndSeesThem()
    {
        await using var sim = await Sim.StartAsync();
        IReadOnlyList<Answers.SimulatedMessage> seen = [];
        sim.Server.Answers.Script(
            "*",
            call =>
            {
                seen = call.Messages;
                return null;
            }
        );
        // Results in two messages are one turn.
        var message = await sim.MessageAsync(
            Claude.Of(
                """
                {"role":"user","content":"get weather and get time"},
                {"role":"assistant","content":[{"type":"text","text":"Let me see."},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"x"}},
                  {"type":"tool_use","id":"toolu_2","name":"get_time","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2","content":"noon"}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[{"type":"text","text":"no data"}]}]}
                """,
                Claude.Tools
            )
        );
        message.GetProperty("stop_reason").GetString().ShouldBe("end_turn");
        seen.Select(m => $"{m.Role}: {m.Text}")
            .ShouldBe(["user: get weather and get time", "assistant: Let me see.", "tool: noon", "tool: no data"]);
    }

    [Fact]
    public async Task ThinkingTextAndTools_AreBlocksInThatOrder()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Answers.Script(
            "*",
            _ => new Answers.SimulatedAnswer
            {
                Text = "I will ask.",
                ToolCalls = [new Answers.Tools.SimulatedToolCall("get_time", """{"zone":"CET"}""")],
            }
        );
        var stream = await sim.EventsAsync(
            Claude.Streamed(more: Claude.Tools + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}")
        );
        stream
            .Of("content_block_start")
            .Select(e => e.GetProperty("content_block").GetProperty("type").GetString())
            .ShouldBe(["thinking", "text", "tool_use"]);
        stream.Of("content_block_stop").Select(e => e.GetProperty("index").GetInt32()).ShouldBe([0, 1, 2]);
        stream.Joined("signature_delta", "signature", 0).Length.ShouldBe(64);
        stream.Joined("text_delta", "text", 1).ShouldBe("I will ask.");
        stream.Joined("input_json_delta", "partial_json", 2).ShouldBe("""{"zone":"CET"}""");
        stream.IsStopped.ShouldBeTrue();
    }
}
