using Wye.Chat;

namespace Wye.Dialects.Gemini;

public class GeminiRequestTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Fact]
    public void Conversation_IsCarried_WithToolsAndTheirResults()
    {
        var (body, dropped) = Of(
            """
            {"model":"auto","max_tokens":70,"temperature":0.5,"top_p":0.9,"stop":["END"],
             "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},
              {"role":"assistant","content":"So","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"no"}}]},
              {"role":"tool","tool_call_id":"c1","content":"19"},{"role":"tool","tool_call_id":"c2","content":"20"},{"role":"user","content":"And?"}],
             "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","additionalProperties":false}}}],
             "tool_choice":{"type":"function","function":{"name":"f"}}}
            """
        );
        body.ShouldBe(
            """{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"So"},{"functionCall":{"id":"c1","name":"f","args":{"a":1}}},{"functionCall":{"id":"c2","name":"g","args":{"invalid_arguments":"no"}}}]},{"role":"user","parts":[{"functionResponse":{"id":"c1","name":"f","response":{"output":"19"}}},{"functionResponse":{"id":"c2","name":"g","response":{"output":"20"}}},{"text":"And?"}]}],"tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object","additionalProperties":false}}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}},"generationConfig":{"maxOutputTokens":70,"temperature":0.5,"topP":0.9,"stopSequences":["END"]}}"""
        );
        dropped.ShouldBeEmpty();
    }

    [Fact]
    public void Images_TravelWithTheirBytes_AddressesAreRefused()
    {
        Of(
            """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/PNG;base64,AAA="}}]}]}"""
        )
            .Body.ShouldContain("""{"inlineData":{"mimeType":"image/png","data":"AAA="}}""");
        using var request = Faces.Read(
            Faces.OpenAi,
            """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.y/z.png"}}]}]}"""
        );
        Faces.Gemini.CanWriteRequest(request, out var error).ShouldBeFalse();
        error!.Code.ShouldBe(ChatErrorCodes.CannotTranslate);
        error.Param.ShouldBe("messages[0].content[0].image_url.url");
        Faces.OpenAi.StatusOf(error).ShouldBe(400);
    }

    [Theory]
    [InlineData("\"none\"", "\"mode\":\"NONE\"")]
    [InlineData("\"auto\"", "\"mode\":\"AUTO\"")]
    [InlineData("\"required\"", "\"mode\":\"ANY\"")]
    public void ToolDemand_IsCarried(string choice, string expected) =>
        Of(
            $"{{\"model\":\"m\",{Hi},\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"w\"}}}}],\"tool_choice\":{choice}}}"
        )
            .Body.ShouldContain(expected);

    [Theory]
    [InlineData(
        """{"type":"json_schema","json_schema":{"name":"c","schema":{"type":"object"}}}""",
        "\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"type\":\"object\"}"
    )]
    [InlineData("""{"type":"json_object"}""", "\"responseMimeType\":\"application/json\"")]
    public void AnswerFormat_IsCarried(string format, string expected) =>
        Of($"{{\"model\":\"m\",{Hi},\"response_format\":{format}}}").Body.ShouldContain(expected);

    [Theory]
    [InlineData("low", false, "\"thinkingBudget\":1024")]
    [InlineData("medium", false, "\"thinkingBudget\":8192")]
    [InlineData("high", false, "\"thinkingBudget\":24576")]
    [InlineData("low", true, "\"thinkingLevel\":\"low\"")]
    [InlineData("high", true, "\"thinkingLevel\":\"high\"")]
    public void ReasoningEffort_IsABudget_OrALevelForNewerModels(string effort, bool newer, string expected)
    {
        var target = new ChatTarget { Reasons = true, AdaptiveThinking = newer };
        Of($"{{\"model\":\"m\",{Hi},\"reasoning_effort\":\"{effort}\"}}", target).Body.ShouldContain(expected);
    }

    [Theory]
    [InlineData("openai", "\"reasoning_effort\":\"none\"," + Hi)]
    [InlineData("openai", "\"reasoning\":{\"effort\":\"none\"}," + Hi)]
    [InlineData("responses", "\"reasoning\":{\"effort\":\"none\"},\"input\":\"Hi\"")]
    [InlineData("anthropic", "\"thinking\":{\"type\":\"disabled\"},\"max_tokens\":9," + Hi)]
    public void ReasoningThatIsSwitchedOff_IsSwitchedOffThere_OrSaidToBeLeast(string caller, string members)
    {
        using var request = Faces.Read(Faces.Caller(caller), $"{{\"model\":\"m\",{members}}}");
        var flash = new ChatTarget { Reasons = true };
        var pro = flash with { AlwaysThinks = true };

        Sent(flash).ShouldBe(("{\"thinkingBudget\":0}", ""));
        Sent(pro).ShouldBe(("{\"thinkingBudget\":128}", "reasoning_effort"));
        Sent(pro with { AdaptiveThinking = true }).ShouldBe(("{\"thinkingLevel\":\"low\"}", "reasoning_effort"));
        Sent(new ChatTarget()).ShouldBe(("", ""));

        (string, string) Sent(ChatTarget target)
        {
            var (body, dropped) = Faces.Write(Faces.Gemini, request, target);
            using var json = System.Text.Json.JsonDocument.Parse(body);
            var has = json
                .RootElement.GetProperty("generationConfig")
                .TryGetProperty("thinkingConfig", out var thinking);
            return (has ? thinking.GetRawText() : "", string.Join(',', dropped));
        }
    }

    [Fact]
    public void WhatCannotBeCarried_IsNamed()
    {
        var (body, dropped) = Of(
            $"{{\"model\":\"m\",{Hi},\"user\":\"u\",\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"],\"seed\":1,\"reasoning_effort\":\"low\"}}",
            new ChatTarget()
        );
        body.ShouldContain("\"stopSequences\":[\"1\",\"2\",\"3\",\"4\",\"5\"]");
        body.ShouldNotContain("thinkingConfig");
        dropped.ShouldBe(["seed", "stop", "reasoning_effort", "user"]);
    }

    [Fact]
    public void TitleOfADocument_IsNamedInTheCallersWord()
    {
        var (body, dropped) = Of(
            """{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"a.csv","file_data":"data:text/csv;base64,AAA="}}]}]}"""
        );
        body.ShouldContain("""{"inlineData":{"mimeType":"text/csv","data":"AAA="}}""");
        dropped.ShouldBe(["filename"]);
        using var request = Faces.Read(
            Faces.Anthropic,
            """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"AAA="}}]}]}"""
        );
        Faces.Write(Faces.Gemini, request).Dropped.ShouldBe(["title"]);
    }

    [Theory]
    [InlineData("openai", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}", "messages")]
    [InlineData("responses", "{\"model\":\"m\",\"input\":\"\"}", "input")]
    [InlineData("completions", "{\"model\":\"m\",\"prompt\":\"\"}", "prompt")]
    public void ConversationWithoutAnyText_IsRefused_BeforeTheCall(string caller, string body, string path)
    {
        using var request = Faces.Read(Faces.Caller(caller), body);
        Faces.Gemini.CanWriteRequest(request, out var error).ShouldBeFalse();
        error!.Param.ShouldBe(path);
        error.Message.ShouldContain($"'{path}' holds no text");
        Faces.Caller(caller).StatusOf(error).ShouldBe(400);
    }

    [Fact]
    public void CallsInHistory_CarryTheStandInForTheirProof_WhereTheModelDemandsIt()
    {
        const string Body =
            """{"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"1"},{"role":"tool","tool_call_id":"c2","content":"2"}]}""";
        Of(Body).Body.ShouldNotContain("thoughtSignature");
        var signed = Of(Body, new ChatTarget { SignedToolCalls = true }).Body;
        signed.ShouldContain(
            "\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"skip_thought_signature_validator\"}"
        );
        signed.Split("thoughtSignature").Length.ShouldBe(2, "only the first call of a turn is checked");
    }

    private static (string Body, string[] Dropped) Of(string openAi, ChatTarget? target = null)
    {
        using var request = Faces.Read(Faces.OpenAi, openAi);
        return Faces.Write(Faces.Gemini, request, target);
    }
}
