using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Completions;

public class CompletionTranslationTests
{
    [Fact]
    public void Prompt_BecomesTheOneMessageOfAUser()
    {
        using var request = Faces.Read(
            Faces.Completions,
            """{"model":"m","prompt":["Once"],"max_tokens":9,"temperature":0.5,"top_p":0.9,"stop":"END","user":"u","n":1,"best_of":1,"echo":false,"suffix":null,"logprobs":null,"seed":4}"""
        );
        var (body, dropped) = Faces.Write(Faces.OpenAi, request);
        body.ShouldBe(
            """{"model":"up","messages":[{"role":"user","content":"Once"}],"max_tokens":9,"temperature":0.5,"top_p":0.9,"stop":["END"],"user":"u"}"""
        );
        dropped.ShouldBe(["seed"]);
    }

    [Theory]
    [InlineData("\"prompt\":[\"a\",\"b\"]", "prompt")]
    [InlineData("\"prompt\":[1,2]", "prompt")]
    [InlineData("\"prompt\":[[1,2]]", "prompt")]
    [InlineData("\"prompt\":\"a\",\"n\":2", "n")]
    [InlineData("\"prompt\":\"a\",\"best_of\":2", "best_of")]
    [InlineData("\"prompt\":\"a\",\"echo\":true", "echo")]
    [InlineData("\"prompt\":\"a\",\"suffix\":\"b\"", "suffix")]
    [InlineData("\"prompt\":\"a\",\"logprobs\":0", "logprobs")]
    [InlineData("\"prompt\":\"a\",\"max_tokens\":0", "max_tokens")]
    public void WhatAChatCannotSay_IsRefusedWithItsPath(string members, string path)
    {
        using var request = Faces.Read(Faces.Completions, $"{{\"model\":\"m\",{members}}}");
        Faces.Anthropic.CanWriteRequest(request, out var error).ShouldBeFalse();
        (error!.Code, error.Param).ShouldBe((ChatErrorCodes.CannotTranslate, path));
        Faces.Completions.StatusOf(error).ShouldBe(400);
        error.Message.ShouldEndWith("or ask for a model with the capability 'completions'.");
    }

    [Fact]
    public void Answer_BecomesATextCompletion_WholeAndStreamed()
    {
        using var request = Faces.Read(
            Faces.Completions,
            """{"model":"m","prompt":"Once","stream":true,"stream_options":{"include_usage":true}}"""
        );
        var whole = JsonElement.Parse(
            Faces.Answer(
                Faces.Anthropic,
                Faces.Completions,
                request,
                """{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"upon"}],"stop_reason":"max_tokens","usage":{"input_tokens":3,"output_tokens":2}}"""
            )
        );
        whole.GetProperty("object").GetString().ShouldBe("text_completion");
        whole.GetProperty("choices")[0].GetProperty("text").GetString().ShouldBe("upon");
        whole.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("length");
        whole.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(5);
        var stream = Faces.Stream(
            Faces.OpenAi,
            Faces.Completions,
            request,
            """{"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"up"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"on"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"""
        );
        stream.ShouldContain("\"text\":\"up\"");
        stream.ShouldContain("\"text\":\"on\"");
        stream.ShouldContain("\"finish_reason\":\"stop\"");
        stream.ShouldContain("\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2");
        stream.ShouldEndWith("data: [DONE]\n\n");
    }
}
