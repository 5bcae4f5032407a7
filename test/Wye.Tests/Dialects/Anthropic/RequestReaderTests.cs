using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

public class RequestReaderTests
{
    [Fact]
    public void System_IsAMessageOfItsOwn_WhereverItStands()
    {
        using var request = Wire.Read(
            """{"messages":[{"role":"user","content":"Hi"}],"system":[{"type":"text","text":"Be \u0062rief."},{"type":"text","text":"Be kind."}],"model":"auto","max_tokens":9}"""
        );
        request.MessageCount.ShouldBe(2);
        request
            .Texts.Select(text => (text.Role, text.Message, Wire.Text(text.Utf8)))
            .ShouldBe([
                (ChatRole.User, 0, "Hi"),
                (ChatRole.System, -1, "Be brief."),
                (ChatRole.System, -1, "Be kind."),
            ]);
    }

    [Fact]
    public void ToolResults_AreTextsOfTools_NotOfTheUser()
    {
        using var request = Wire.Read(
            """
            {"model":"auto","max_tokens":9,"messages":[
              {"role":"user","content":"/model opus\nWeather?"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"tool_use","id":"t1","name":"w","input":{"text":"x"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"19 C"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]}]}
            ]}
            """
        );
        request
            .Texts.Select(text => (text.Role, Wire.Text(text.Utf8)))
            .ShouldBe([(ChatRole.User, "/model opus\nWeather?"), (ChatRole.Tool, "19 C")]);
        request.ImageCount.ShouldBe(1);
        request.Features.ShouldBe(ChatFeatures.Images);
        request.Directive!.Model.ShouldBe("opus", "a turn of tools belongs to the user's message before it");
    }

    [Theory]
    [InlineData("\"tools\":[{\"name\":\"t\",\"input_schema\":{}}]", ChatFeatures.Tools)]
    [InlineData(
        "\"tools\":[{\"name\":\"t\"}],\"tool_choice\":{\"type\":\"any\"}",
        ChatFeatures.Tools | ChatFeatures.ToolRequired
    )]
    [InlineData("\"tool_choice\":{\"name\":\"t\",\"type\":\"tool\"}", ChatFeatures.ToolRequired)]
    [InlineData("\"tool_choice\":{\"type\":\"auto\"}", ChatFeatures.None)]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}", ChatFeatures.Reasoning)]
    [InlineData("\"thinking\":{\"type\":\"adaptive\"}", ChatFeatures.None)]
    [InlineData(
        "\"output_config\":{\"effort\":\"low\",\"format\":{\"type\":\"json_schema\",\"schema\":{}}}",
        ChatFeatures.JsonSchema
    )]
    [InlineData("\"output_format\":{\"type\":\"json_schema\",\"schema\":{}}", ChatFeatures.JsonSchema)]
    [InlineData("\"tools\":null,\"tool_choice\":null,\"thinking\":null,\"metadata\":null", ChatFeatures.None)]
    public void Features_FollowTheMembers(string members, ChatFeatures expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        request.Features.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"type\":\"create\"}")]
    [InlineData("{\"type\":\"continue\",\"previous_message_id\":\"msg_1\"}")]
    public void Thread_IsRefused_InTheWordsByWhichClientsSendTheWholeConversation(string thread)
    {
        var error = Wire.Refuse(Wire.Body($"\"thread\":{thread}"));
        error.Param.ShouldBe("thread");
        Wire.Dialect.StatusOf(error).ShouldBe(400);
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.WriteError(error, output);
        var written = JsonElement.Parse(output.WrittenSpan).GetProperty("error");
        written.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        written.GetProperty("details").GetRawText().ShouldBe("{\"error_code\":\"thread_unsupported_request\"}");
        Wire.Read(Wire.Body("\"thread\":null")).Dispose();
    }

    [Theory]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":7000}", 7_000)]
    [InlineData("\"thinking\":{\"budget_tokens\":1024,\"type\":\"enabled\"}", 1_024)]
    [InlineData("\"thinking\":{\"type\":\"enabled\"}", null)]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":\"many\"}", null)]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":-1}", null)]
    [InlineData("\"thinking\":{\"type\":\"disabled\",\"budget_tokens\":7000}", null)]
    public void ReasoningBudget_IsReadWhereOneIsNamed(string member, int? expected)
    {
        using var request = Wire.Read(Wire.Body(member));
        request.ReasoningBudget.ShouldBe(expected);
    }

    [Fact]
    public void View_HoldsBoundUserAndTools()
    {
        const string Tools = "[{\"name\":\"a\",\"input_schema\":{\"type\":\"object\"}},{\"name\":\"b\"}]";
        using var request = Wire.Read(
            Wire.Body($"\"tools\":{Tools},\"metadata\":{{\"user_id\":\"u-1\"}},\"stream\":true,\"top_k\":5")
        );
        request.MaxOutputTokens.ShouldBe(100);
        request.User.ShouldBe("u-1");
        request.ToolCount.ShouldBe(2);
        request.ToolBytes.ShouldBe(Tools.Length);
        request.Stream.ShouldBeTrue();
        request.StreamUsage.ShouldBeTrue("this dialect always tells usage in streams");
    }

    [Fact]
    public void Prefill_IsSeen_ButNotWhereAToolIsCalled()
    {
        using var prefill = Wire.Read(
            """{"model":"a","max_tokens":1,"messages":[{"role":"user","content":"x"},{"content":"{","role":"assistant"}]}"""
        );
        prefill.Features.ShouldBe(ChatFeatures.AssistantPrefill);
        using var call = Wire.Read(
            """{"model":"a","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"n","input":{}}]}]}"""
        );
        call.Features.ShouldBe(ChatFeatures.None);
    }

    [Theory]
    [InlineData("\"max_tokens\":0", "duplicate_key", "max_tokens")]
    [InlineData("\"temperature\":1.5", "invalid_value", "temperature")]
    [InlineData("\"top_k\":\"5\"", "invalid_type", "top_k")]
    [InlineData("\"stream\":1", "invalid_type", "stream")]
    [InlineData("\"system\":7", "invalid_type", "system")]
    [InlineData("\"system\":[{\"type\":\"text\"}]", "invalid_type", "system[0].text")]
    [InlineData("\"stop_sequences\":\"x\"", "invalid_type", "stop_sequences")]
    [InlineData("\"tools\":[1]", "invalid_type", "tools[0]")]
    [InlineData("\"tool_choice\":\"auto\"", "invalid_type", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":1}", "invalid_type", "tool_choice.type")]
    [InlineData("\"metadata\":{\"user_id\":5}", "invalid_type", "metadata.user_id")]
    [InlineData("\"metadata\":{\"user_id\":\"a\\u0000b\"}", "invalid_value", "metadata.user_id")]
    [InlineData("\"model\":\"b\"", "duplicate_key", "model")]
    [InlineData("\"\\u006dodel\":\"b\"", "duplicate_key", "model")]
    [InlineData("\"x\":1,\"x\":2", "duplicate_key", "x")]
    [InlineData("\"api_base\":\"http://evil\"", "unsupported_parameter", "api_base")]
    public void WrongMember_IsRefusedWithItsPath(string members, string code, string param)
    {
        var error = Wire.Refuse(Wire.Body(members));
        (error.Kind, error.Code).ShouldBe((FailureKind.BadRequest, code));
        (error.Param is "\\u006dodel" ? "model" : error.Param).ShouldBe(param);
    }

    [Theory]
    [InlineData("[7]", "messages[0]")]
    [InlineData("[{\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"user\"}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":null}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":[\"x\"]}]", "messages[0].content[0]")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]", "messages[0].content[0].type")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]", "messages[0].content[0].text")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":[{\"type\":\"text\"}]}]}]",
        "messages[0].content[0].content[0].text"
    )]
    [InlineData("[{\"role\":\"user\",\"role\":\"user\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"x\",\"content\":\"y\"}]",
        "messages[1].content"
    )]
    public void WrongMessage_IsRefusedWithItsPath(string messages, string param)
    {
        var error = Wire.Refuse($"{{\"model\":\"auto\",\"max_tokens\":1,\"messages\":{messages}}}");
        error.Kind.ShouldBe(FailureKind.BadRequest);
        error.Param.ShouldBe(param);
        error.Message.ShouldContain(param);
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));
        Wire.Refuse(Wire.Body($"\"x\":{deep}")).Code.ShouldBe("json_too_deep");
    }

    [Fact]
    public void MissingBound_IsTaken_SoThatTokensCanBeCounted()
    {
        using var request = Wire.Read($"{{\"model\":\"auto\",{Wire.Messages}}}");
        request.MaxOutputTokens.ShouldBeNull();
    }
}
