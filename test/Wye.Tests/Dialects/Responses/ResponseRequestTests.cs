using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Dialects.OpenAi.Responses;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.Responses;

public class ResponseRequestTests
{
    [Fact]
    public void Request_IsReadIntoTheView()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """
            {"model":"auto","instructions":"Be \u0062rief.","stream":true,"max_output_tokens":50,"user":"u1",
             "input":[{"role":"user","content":[{"type":"input_text","text":"Look"},{"type":"input_image","image_url":"data:image/png;base64,AAA="}]},
                      {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Yes"}]},
                      {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
                      {"type":"function_call_output","call_id":"c1","output":"19"},
                      {"type":"reasoning","id":"rs_1","summary":[]}],
             "tools":[{"type":"function","name":"f","parameters":{}}],"tool_choice":"required",
             "text":{"format":{"type":"json_schema","name":"s","schema":{}}},"reasoning":{"effort":"low"}}
            """
        );
        request.RequestedModel.ShouldBe("auto");
        request.Stream.ShouldBeTrue();
        request.MaxOutputTokens.ShouldBe(50);
        request.User.ShouldBe("u1");
        request.MessageCount.ShouldBe(6);
        request.ImageCount.ShouldBe(1);
        request.ToolCount.ShouldBe(1);
        request.Features.ShouldBe(
            ChatFeatures.Images
                | ChatFeatures.Tools
                | ChatFeatures.ToolRequired
                | ChatFeatures.JsonSchema
                | ChatFeatures.Reasoning
        );
        request
            .Texts.Select(text => (text.Role, text.Message, Encoding.UTF8.GetString(text.Utf8.Span)))
            .ShouldBe([
                (ChatRole.System, -1, "Be brief."),
                (ChatRole.User, 0, "Look"),
                (ChatRole.Assistant, 1, "Yes"),
                (ChatRole.Tool, 3, "19"),
            ]);
    }

    [Theory]
    [InlineData("\"text\":{\"format\":{\"type\":\"grammar\"}}", "text.format.type")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}", "text.format.schema")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    public void WhatWouldChangeTheMeaning_IsRefused_WhateverTheProvider(string members, string path)
    {
        using var request = Faces.Read(Faces.Responses, $"{{\"model\":\"m\",\"input\":\"x\",{members}}}");
        foreach (var provider in (string[])["openai", "anthropic", "gemini"])
        {
            Faces.Provider(provider).CanWriteRequest(request, out var error).ShouldBeFalse();
            error!.Param.ShouldBe(path);
            Faces.Responses.StatusOf(error).ShouldBe(400);
        }
    }

    [Fact]
    public void DescriptionOfTheSchema_AndNameOfTheFile_AreCarried()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """{"model":"m","input":[{"role":"user","content":[{"type":"input_file","filename":"a.pdf","file_url":"https://x.y/a.pdf"}]}],"text":{"format":{"type":"json_schema","name":"n","description":"d","schema":{"type":"object"}}}}"""
        );
        Faces.Write(Faces.Anthropic, request).Body.ShouldContain("\"title\":\"a.pdf\"");
        using var asked = Faces.Read(
            Faces.Responses,
            """{"model":"m","input":"x","text":{"format":{"type":"json_schema","name":"n","description":"d","schema":{"type":"object"}}}}"""
        );
        Faces
            .Write(Faces.OpenAi, asked)
            .Body.ShouldContain("\"json_schema\":{\"name\":\"n\",\"description\":\"d\",\"schema\":");
    }

    [Theory]
    [InlineData("\"file_id\":\"f\"", "are translated for every provider. Leave it out.")]
    [InlineData("\"file_url\":\"https://x.y/a.pdf\"", "Leave it out, or ask for a model of a provider that takes it.")]
    public void ARefusal_NeverAsksForAProviderThatSpeaksResponses_ForThereIsNone(string file, string advice)
    {
        using var request = Faces.Read(
            Faces.Responses,
            $$"""{"model":"m","input":[{"role":"user","content":[{"type":"input_file",{{file}}}]}]}"""
        );
        Faces.OpenAi.CanWriteRequest(request, out var error).ShouldBeFalse();
        error!.Message.ShouldEndWith(advice);
    }

    [Theory]
    [InlineData("high", "high")]
    [InlineData("xhigh", "high", "reasoning_effort")]
    [InlineData("none", "none")]
    public void AnEffortThatIsLowered_IsNamed(string asked, string sent, params string[] named)
    {
        using var request = Faces.Read(
            Faces.Responses,
            $$"""{"model":"m","input":"x","reasoning":{"effort":"{{asked}}"} }"""
        );
        var (body, dropped) = Faces.Write(Faces.OpenAi, request);
        body.ShouldContain($"\"reasoning_effort\":\"{sent}\"");
        dropped.ShouldBe(named);
    }

    [Fact]
    public void OutputOfAnotherItem_OfAnotherForm_IsRefusedByItsType()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """{"model":"m","input":[{"output":{"type":"computer_screenshot"},"type":"computer_call_output","call_id":"c"}]}"""
        );
        Faces.OpenAi.CanWriteRequest(request, out var error).ShouldBeFalse();
        error!.Param.ShouldBe("input[0]");
    }

    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("\uFEFF{}", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",\"input\":\"x\"} x", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",/**/}", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"temperature\":NaN}", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",\"model\":\"n\",\"input\":\"x\"}", "duplicate_key", "model")]
    [InlineData("{\"model\":\"m\",\"input\":\"\\ud800\"}", "invalid_unicode", null)]
    [InlineData("{\"input\":\"x\"}", "missing_required_parameter", "model")]
    [InlineData("{\"model\":\"m\"}", "missing_required_parameter", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[]}", "invalid_value", "input")]
    [InlineData("{\"model\":\"m\",\"input\":{}}", "invalid_type", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[null]}", "invalid_type", "input[0]")]
    [InlineData("{\"model\":\"m\",\"input\":[{\"role\":\"user\"}]}", "missing_required_parameter", "input[0].content")]
    [InlineData("{\"model\":\"m\",\"input\":[{\"content\":\"x\"}]}", "missing_required_parameter", "input[0].role")]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"role\":\"king\",\"content\":\"x\"}]}",
        "invalid_value",
        "input[0].role"
    )]
    [InlineData("{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":5}]}", "invalid_type", "input[0].content")]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}",
        "missing_required_parameter",
        "input[0].content[0].type"
    )]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"output\":5,\"type\":\"function_call_output\",\"call_id\":\"c\"}]}",
        "invalid_type",
        "input[0].output"
    )]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":null}]}",
        "invalid_type",
        "input[0].output"
    )]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":[5]}]}",
        "invalid_type",
        "input[0].output[0]"
    )]
    [InlineData(
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"content\":\"x\"}]}",
        "missing_required_parameter",
        "input[0].output"
    )]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":0}", "invalid_value", "max_output_tokens")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":\"5\"}", "invalid_type", "max_output_tokens")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"temperature\":99}", "invalid_value", "temperature")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"stream\":1}", "invalid_type", "stream")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"background\":true}", "unsupported_parameter", "background")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"conversation\":\"c\"}", "unsupported_parameter", "conversation")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"prompt\":{}}", "unsupported_parameter", "prompt")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"api_base\":\"y\"}", "unsupported_parameter", "api_base")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"user\":\"a\\r\\nX: y\"}", "invalid_value", "user")]
    public void WrongRequest_NamesThePartAndTheFix(string body, string code, string? param)
    {
        var error = Faces.Refuse(Faces.Responses, body);
        (error.Kind, error.Code, error.Param).ShouldBe((FailureKind.BadRequest, code, param));
        error.Message.ShouldNotBeNullOrWhiteSpace();
        Faces.Responses.StatusOf(error).ShouldBe(400);
    }

    [Fact]
    public void Readers_NeverThrow_WhateverTheBytes()
    {
        List<byte[]> seeds =
        [
            Encoding.UTF8.GetBytes(
                """{"model":"auto","instructions":"a","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"x"}],"text":{"format":{"type":"json_object"}},"tools":[{"type":"function","name":"f"}]}"""
            ),
            Encoding.UTF8.GetBytes("""{"model":"m","input":"Hi","previous_response_id":"r","store":false}"""),
        ];
        var mutation = new Mutation(seed: 20_261_128);
        for (var i = Mutation.Rounds; i > 0; i--)
        {
            var bytes = mutation.Of(seeds);
            if (Record.Exception(() => ReadAsEverything(bytes)) is { } thrown)
            {
                Assert.Fail($"{Convert.ToHexString(bytes)}: {thrown}");
            }
        }
    }

    [Fact]
    public void Continuation_PutsTheKeptItemsBeforeTheNew_AndKeepsEverythingElse()
    {
        const string Kept =
            """{"type":"message","role":"user","content":"One"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Two"}]}""";
        foreach (var input in new[] { "\"Three\"", "[{\"role\":\"user\",\"content\":\"Three\"}]" })
        {
            using var request = Faces.Read(
                Faces.Responses,
                $$"""{"previous_response_id":"resp_1","new":[1.50],"input":{{input}},"model":"auto"}"""
            );
            InputJoin.PreviousOf(request).ShouldBe("resp_1");
            var output = new ArrayBufferWriter<byte>();
            InputJoin.Write(request, Encoding.UTF8.GetBytes(Kept), output);
            var body = Encoding.UTF8.GetString(output.WrittenSpan);
            body.ShouldStartWith("{\"previous_response_id\":null,\"new\":[1.50],\"input\":[" + Kept + ",{");
            using var whole = Faces.Read(Faces.Responses, body);
            InputJoin.PreviousOf(whole).ShouldBeNull();
            whole.Texts.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)).ShouldBe(["One", "Two", "Three"]);
        }
    }

    [Fact]
    public void NamedItems_AreFound_AndReplacedWhereTheyStand_AndNothingElseIs()
    {
        using var request = Faces.Read(
            Faces.Responses,
            """{"new":[1.50],"input":[{"role":"user","content":"item_reference"},{"id":"msg_1","type":"item_reference"}, {"role":"user","content":"\u0041"}],"model":"auto"}"""
        );
        ItemReferences.Of(request).ShouldBe([(1, "msg_1")]);
        var output = new ArrayBufferWriter<byte>();
        var items = new Dictionary<int, ReadOnlyMemory<byte>>
        {
            [1] = Encoding.UTF8.GetBytes("""{"type":"message","role":"assistant","content":"Two"}"""),
        };
        ItemReferences.Write(request, items, output);
        Encoding
            .UTF8.GetString(output.WrittenSpan)
            .ShouldBe(
                """{"new":[1.50],"input":[{"role":"user","content":"item_reference"},{"type":"message","role":"assistant","content":"Two"},{"role":"user","content":"\u0041"}],"model":"auto"}"""
            );
        using var text = Faces.Read(Faces.Responses, """{"input":"item_reference","model":"auto"}""");
        ItemReferences.Of(text).ShouldBeEmpty();
    }

    private static void ReadAsEverything(byte[] bytes)
    {
        if (!Faces.Responses.TryReadRequest(bytes, CallerHints.None, out var request, out _))
        {
            return;
        }

        using (request)
        {
            InputJoin.PreviousOf(request);
            InputJoin.IsKept(request);
            InputJoin.Write(request, default, new ArrayBufferWriter<byte>());
            ItemReferences.Of(request);
            foreach (var to in new[] { Faces.OpenAi, Faces.Anthropic, Faces.Gemini })
            {
                if (to.CanWriteRequest(request, out _))
                {
                    to.WriteRequest(A.CallOf(request), "m", new ArrayBufferWriter<byte>());
                }
            }
        }
    }
}
