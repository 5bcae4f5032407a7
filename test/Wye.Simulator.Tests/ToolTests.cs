using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator;

public class ToolTests
{
    private const string Tools = """
        ,"tools":[
          {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","required":["city","days"],
            "properties":{"city":{"type":"string"},"unit":{"enum":["C","F"]},"days":{"type":"integer","minimum":1,"maximum":7}}}}},
          {"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":{"zone":{"type":"string"}}}}}]
        """;

    [Theory]
    [InlineData("What is the weather like?", "", "")]
    [InlineData("Use get_weather for Paris", "", "get_weather")]
    [InlineData("get weather and get time, please", "", "get_weather,get_time")]
    [InlineData("get weather and get time, please", ",\"parallel_tool_calls\":false", "get_weather")]
    [InlineData("Please call a tool", "", "get_weather")]
    [InlineData("get_time for two zones in parallel", "", "get_time,get_time")]
    [InlineData("Hello", ",\"tool_choice\":\"required\"", "get_weather")]
    [InlineData("Hello", ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}", "get_time")]
    [InlineData("Use get_weather", ",\"tool_choice\":\"none\"", "")]
    public async Task Tools_AreCalledWhenAskedFor(string prompt, string more, string expected)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat("gpt-4o", prompt, Tools + more));
        var choice = answer.GetProperty("choices")[0];
        var message = choice.GetProperty("message");
        if (expected.Length == 0)
        {
            message.TryGetProperty("tool_calls", out _).ShouldBeFalse();
            choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
            return;
        }

        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        var calls = message.GetProperty("tool_calls").EnumerateArray().Select(c => c.GetProperty("function")).ToArray();
        string.Join(',', calls.Select(c => c.GetProperty("name").GetString())).ShouldBe(expected);
        foreach (var call in calls)
        {
            JsonElement.Parse(call.GetProperty("arguments").GetString()!).ValueKind.ShouldBe(JsonValueKind.Object);
        }
    }

    [Fact]
    public async Task Arguments_FollowTheSchema()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat("gpt-4o", "get_weather", Tools));
        var call = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0];
        var arguments = JsonElement.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!);
        arguments.GetProperty("city").ValueKind.ShouldBe(JsonValueKind.String);
        arguments.GetProperty("unit").GetString().ShouldBeOneOf("C", "F");
        arguments.GetProperty("days").GetInt32().ShouldBeInRange(1, 7);
    }

    [Fact]
    public async Task StreamedToolCalls_JoinToTheWholeOnes()
    {
        await using var sim = await Sim.StartAsync();
        const string Prompt = "get weather and get time";
        var whole = await sim.JsonAsync(Sim.Chat("gpt-4o", Prompt, Tools));
        var stream = await sim.StreamAsync(Sim.Streamed("gpt-4o", Prompt, Tools));
        var deltas = stream
            .Deltas.Where(d => d.TryGetProperty("tool_calls", out _))
            .Select(d => d.GetProperty("tool_calls")[0])
            .ToArray();
        for (var i = 0; i < 2; i++)
        {
            var own = deltas.Where(d => d.GetProperty("index").GetInt32() == i).ToArray();
            var call = whole.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[i];
            own[0].GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
            own[0]
                .GetProperty("function")
                .GetProperty("name")
                .GetString()
                .ShouldBe(call.GetProperty("function").GetProperty("name").GetString());
            string.Concat(own.Select(d => d.GetProperty("function").GetProperty("arguments").GetString()))
                .ShouldBe(call.GetProperty("function").GetProperty("arguments").GetString());
        }

        stream.Finishes.ShouldBe(["tool_calls"]);
        var bill = await sim.BillAsync();
        bill[1].PicoUsd.ShouldBe(bill[0].PicoUsd);
    }

    [Fact]
    public async Task AfterAToolResult_TheModelAnswersInText()
    {
        await using var sim = await Sim.StartAsync();
        const string Body = """
            {"model":"gpt-4o","messages":[{"role":"user","content":"Use get_weather"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"sunny"}]
            """;
        var answer = await sim.JsonAsync(Body + Tools + "}");
        answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
    }

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"label":{"enum":["easy","hard"]},"n":{"type":"integer","minimum":3,"maximum":4}}}""",
        "label"
    )]
    [InlineData(
        """{"type":"object","properties":{"score":{"type":"number","minimum":0,"maximum":1},"tags":{"type":"array","minItems":2,"items":{"type":"string","maxLength":3}}}}""",
        "score"
    )]
    [InlineData(
        """{"type":"object","$defs":{"node":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"next":{"$ref":"#/$defs/node"}}}},"properties":{"root":{"$ref":"#/$defs/node"}}}""",
        "root"
    )]
    [InlineData(
        """{"type":"object","properties":{"x":{"anyOf":[{"type":"boolean"},{"type":"null"}]},"day":{"type":"string","format":"date"},"k":{"const":7}}}""",
        "x"
    )]
    public async Task JsonSchema_IsAnsweredWithJsonOfThatShape(string schema, string property)
    {
        await using var sim = await Sim.StartAsync();
        var format = $$$"""
            ,"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{{{schema}}}}}
            """;
        var answer = await sim.JsonAsync(Sim.Chat("gpt-4o", "Answer as JSON", format));
        var text = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        var json = JsonElement.Parse(text);
        json.TryGetProperty(property, out _).ShouldBeTrue();
        if (json.TryGetProperty("label", out var label))
        {
            label.GetString().ShouldBeOneOf("easy", "hard");
            json.GetProperty("n").GetInt32().ShouldBeInRange(3, 4);
        }

        if (json.TryGetProperty("score", out var score))
        {
            score.GetDouble().ShouldBeInRange(0, 1);
            json.GetProperty("tags").GetArrayLength().ShouldBe(2);
            json.GetProperty("tags")[0].GetString()!.Length.ShouldBeLessThanOrEqualTo(3);
        }
    }

    [Theory]
    [InlineData("""{"type":"object","properties":null,"required":null}""")]
    [InlineData(
        """{"type":null,"properties":{"x":{"enum":null,"anyOf":5,"type":"string","format":1,"minLength":"2"}}}"""
    )]
    [InlineData("""{"type":"object","properties":{"x":{"type":[1,"array"],"items":[],"minItems":null},"y":null}}""")]
    [InlineData("""{"allOf":{},"$ref":7,"properties":{"x":{"$ref":"#/properties/y/z"},"y":[]},"required":[1]}""")]
    public async Task AKeywordOfAWrongType_SaysNothing(string schema)
    {
        await using var sim = await Sim.StartAsync();
        var tools = $$$"""
            ,"tools":[{"type":"function","function":{"name":"w","parameters":{{{schema}}}}}],"tool_choice":"required"
            """;
        var answer = await sim.JsonAsync(Sim.Chat("gpt-4o", "Call it", tools));
        var call = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0];
        JsonElement
            .Parse(call.GetProperty("function").GetProperty("arguments").GetString()!)
            .ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task EnumAnswers_AreRightOrWrong_LikeAnyAnswer()
    {
        await using var sim = await Sim.StartAsync();
        const string Format = """
            ,"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object","properties":{"label":{"enum":["a","b","c","d","e","f","g"]}}}}}
            """;
        for (var i = 0; i < 20; i++)
        {
            var prompt = $"Classify item {i}";
            sim.Server.Truth.SetDifficulty(prompt, 0.6);
            var labels = new Dictionary<bool, HashSet<string>> { [true] = [], [false] = [] };
            foreach (var model in (string[])["gpt-4o", "o1", "claude-opus-4-5", "gpt-4o-mini"])
            {
                var answer = await sim.JsonAsync(Sim.Chat(model, prompt, Format));
                var text = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
                labels[sim.Server.Truth.IsCorrect(model, prompt)]
                    .Add(JsonElement.Parse(text).GetProperty("label").GetString()!);
            }

            labels[true].Count.ShouldBeLessThanOrEqualTo(1);
            labels[true].Overlaps(labels[false]).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task JsonObject_IsAnsweredWithAnObject()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat(more: ",\"response_format\":{\"type\":\"json_object\"}"));
        var text = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        JsonElement.Parse(text).GetProperty("simulated").GetString().ShouldBe("gpt-4o");
    }

    [Fact]
    public async Task ScriptedAnswer_IsSentAsItIs_AndNullFallsBackToAGeneratedOne()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Answers.Script(
            AnswerScripts.AnyModel,
            call =>
                call.Messages[0].Role is "system"
                && call.Messages[0].Text.StartsWith("You are a judge", StringComparison.Ordinal)
                    ? new SimulatedAnswer
                    {
                        Text = "HIGH",
                        ToolCalls = [new SimulatedToolCall("broken", "{not json")],
                        Finish = FinishReason.Stop,
                        LogProbs = [new SimulatedLogProb("HIGH", -0.5)],
                        Correct = true,
                    }
                    : null
        );
        const string Body = """
            {"model":"gpt-4o","logprobs":true,"messages":[{"role":"system","content":"You are a judge."},{"role":"user","content":"x"}]}
            """;
        var choice = (await sim.JsonAsync(Body)).GetProperty("choices")[0];
        choice.GetProperty("message").GetProperty("content").GetString().ShouldBe("HIGH");
        choice
            .GetProperty("message")
            .GetProperty("tool_calls")[0]
            .GetProperty("function")
            .GetProperty("arguments")
            .GetString()
            .ShouldBe("{not json");
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("logprobs").GetProperty("content")[0].GetProperty("logprob").GetDouble().ShouldBe(-0.5);
        sim.Server.Truth.Quality.ShouldBe(1);
        (await sim.StreamAsync(Sim.Streamed())).Text.ShouldStartWith("[simulated gpt-4o]");
    }
}
