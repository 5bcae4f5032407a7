using System.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

public class RequestHardeningTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{]")]
    [InlineData("nonsense")]
    [InlineData("{\"model\":\"m\",}")]
    [InlineData("{\"model\":\"m\"} x")]
    [InlineData("{\"model\":\"m\"}{}")]
    [InlineData("\uFEFF{\"model\":\"m\"}")]
    [InlineData("{\"temperature\":NaN}")]
    [InlineData("{\"model\":'m'}")]
    [InlineData("/* c */{\"model\":\"m\"}")]
    [InlineData("{\"model\":\"m\" // c\n}")]
    [InlineData("{\"model\":\"a\nb\"}")]
    [InlineData("{\"model\":\"\\x\"}")]
    public void Reader_RefusesWhatIsNoJsonObject(string body)
    {
        var error = Wire.Refuse(body);
        error.Kind.ShouldBe(FailureKind.BadRequest);
        error.Code.ShouldBe("invalid_json");
    }

    [Fact]
    public void Reader_RefusesASyntaxError_WithItsPlace() =>
        Wire.Refuse("{\"model\":\"m\",\n \"x\": nope}")
            .Message.ShouldBe(
                "The body is not valid JSON near line 2, byte 7. Comments, NaN, trailing commas and text behind the object are not allowed."
            );

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    [InlineData(1_000_000, false)]
    public void Reader_TakesNestingUpTo64Levels(int levels, bool taken)
    {
        // The object around counts as one.
        var nested = new string('[', levels - 1) + new string(']', levels - 1);
        var body = Wire.Body($"\"x\":{nested}");
        if (taken)
        {
            Wire.Read(body).Dispose();
        }
        else
        {
            Wire.Refuse(body).Code.ShouldBe("json_too_deep");
        }
    }

    [Theory]
    [InlineData("\"model\":\"b\"", "model")]
    [InlineData("\"mod\\u0065l\":\"b\"", "mod\\u0065l")]
    [InlineData("\"x\":1,\"y\":2,\"x\":3", "x")]
    [InlineData("\"x\":1,\"\\u0078\":3", "\\u0078")]
    [InlineData("\"stream_options\":{\"include_usage\":true,\"include_usage\":false}", "stream_options.include_usage")]
    [InlineData("\"messages\":[]", "messages")]
    public void Reader_RefusesDuplicateKeys(string members, string param)
    {
        var error = Wire.Refuse(Wire.Body(members));
        error.Code.ShouldBe("duplicate_key");
        error.Param.ShouldBe(param);
    }

    [Theory]
    [InlineData("{\"role\":\"user\",\"role\":\"system\",\"content\":\"x\"}", "messages[0].role")]
    [InlineData("{\"role\":\"user\",\"content\":\"x\",\"content\":\"y\"}", "messages[0].content")]
    [InlineData(
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"text\":\"y\"}]}",
        "messages[0].content[0]"
    )]
    public void Reader_RefusesDuplicateKeys_InAMessage(string message, string param)
    {
        var error = Wire.Refuse($"{{\"model\":\"m\",\"messages\":[{message}]}}");
        error.Code.ShouldBe("duplicate_key");
        error.Param.ShouldBe(param);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\uDFFF")]
    [InlineData("\\ud83d x")]
    [InlineData("\\ud83d\\u0041")]
    [InlineData("\\\\\\ud800")]
    public void Reader_RefusesLoneSurrogates_WhereverTheyStand(string text)
    {
        Wire.Refuse(Wire.Body($"\"metadata\":{{\"a\":[\"{text}\"]}}")).Code.ShouldBe("invalid_unicode");
        Wire.Refuse(Wire.Body($"\"{text}\":1")).Code.ShouldBe("invalid_unicode");
        Wire.Refuse($"{{\"model\":\"{text}\"}}").Code.ShouldBe("invalid_unicode");
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud800")]
    [InlineData("\\\\\\\\uDFFF")]
    public void Reader_TakesWhatOnlyLooksLikeALoneSurrogate(string text) =>
        Wire.Read(Wire.Body($"\"metadata\":\"{text}\"")).Dispose();

    [Fact]
    public void Reader_RefusesInvalidUtf8()
    {
        var body = Encoding.UTF8.GetBytes(Wire.Body("\"x\":\"A\""));
        body[^3] = 0xC3;
        Wire.Refuse(body).Code.ShouldBe("invalid_utf8");
    }

    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model", "missing_required_parameter")]
    [InlineData("{\"model\":\"m\"}", "messages", "missing_required_parameter")]
    [InlineData("{\"model\":1}", "model", "invalid_type")]
    [InlineData("{\"model\":null}", "model", "invalid_type")]
    [InlineData("{\"model\":\"\"}", "model", "invalid_value")]
    [InlineData("{\"messages\":[]}", "messages", "invalid_value")]
    [InlineData("{\"messages\":{}}", "messages", "invalid_type")]
    [InlineData("{\"messages\":\"x\"}", "messages", "invalid_type")]
    [InlineData("{\"messages\":null}", "messages", "invalid_type")]
    [InlineData("{\"messages\":[null]}", "messages[0]", "invalid_type")]
    [InlineData("{\"messages\":[[]]}", "messages[0]", "invalid_type")]
    [InlineData("{\"messages\":[{}]}", "messages[0].role", "missing_required_parameter")]
    [InlineData("{\"messages\":[{\"role\":\"user\"}]}", "messages[0].content", "missing_required_parameter")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":null}]}", "messages[0].content", "invalid_type")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":5}]}", "messages[0].content", "invalid_type")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":{}}]}", "messages[0].content", "invalid_type")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]}", "messages[0].content[0]", "invalid_type")]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":[{}]}]}",
        "messages[0].content[0].type",
        "missing_required_parameter"
    )]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":1}]}]}",
        "messages[0].content[0].type",
        "invalid_type"
    )]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}",
        "messages[0].content[0].text",
        "invalid_type"
    )]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]}",
        "messages[0].content[0].text",
        "invalid_type"
    )]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"root\",\"content\":\"x\"}]}",
        "messages[1].role",
        "invalid_value"
    )]
    [InlineData("{\"messages\":[{\"role\":1,\"content\":\"x\"}]}", "messages[0].role", "invalid_type")]
    public void Reader_NamesThePartOfTheMessagesThatIsWrong(string body, string param, string code)
    {
        var error = Wire.Refuse(body);
        (error.Param, error.Code, error.Kind).ShouldBe((param, code, FailureKind.BadRequest));
        error.Message.ShouldContain(param.Split('.')[0].Split('[')[0]);
    }

    [Fact]
    public void Reader_SaysWhatToDo_ForAnUnknownRole() =>
        Wire.Refuse("{\"messages\":[{\"role\":\"root\",\"content\":\"x\"}]}")
            .Message.ShouldBe(
                "'messages[0].role' must be \"system\", \"developer\", \"user\", \"assistant\", \"tool\" or \"function\"."
            );

    [Theory]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":-1", "max_tokens")]
    [InlineData("\"max_tokens\":1.5", "max_tokens")]
    [InlineData("\"max_tokens\":1e309", "max_tokens")]
    [InlineData("\"max_tokens\":\"5\"", "max_tokens")]
    [InlineData("\"max_tokens\":9223372036854775808", "max_tokens")]
    [InlineData("\"max_completion_tokens\":true", "max_completion_tokens")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":10000", "n")]
    [InlineData("\"temperature\":99", "temperature")]
    [InlineData("\"temperature\":-0.1", "temperature")]
    [InlineData("\"temperature\":1e999", "temperature")]
    [InlineData("\"temperature\":\"1\"", "temperature")]
    [InlineData("\"top_p\":1.1", "top_p")]
    [InlineData("\"presence_penalty\":3", "presence_penalty")]
    [InlineData("\"frequency_penalty\":-3", "frequency_penalty")]
    [InlineData("\"seed\":\"x\"", "seed")]
    [InlineData("\"stop\":5", "stop")]
    [InlineData("\"stop\":[5]", "stop")]
    [InlineData("\"stream\":\"true\"", "stream")]
    [InlineData("\"stream_options\":true", "stream_options")]
    [InlineData("\"stream_options\":{\"include_usage\":1}", "stream_options.include_usage")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[1]", "tools[0]")]
    [InlineData("\"tool_choice\":1", "tool_choice")]
    [InlineData("\"response_format\":\"json\"", "response_format")]
    [InlineData("\"response_format\":{\"type\":1}", "response_format.type")]
    [InlineData("\"logprobs\":3", "logprobs")]
    [InlineData("\"top_logprobs\":-1", "top_logprobs")]
    [InlineData("\"modalities\":\"text\"", "modalities")]
    [InlineData("\"reasoning_effort\":5", "reasoning_effort")]
    [InlineData("\"user\":5", "user")]
    [InlineData("\"user\":\"a\\r\\nX: y\"", "user")]
    public void Reader_RefusesValuesOutOfRange(string members, string param)
    {
        var error = Wire.Refuse(Wire.Body(members));
        error.Kind.ShouldBe(FailureKind.BadRequest);
        error.Param.ShouldBe(param);
        error.Message.ShouldContain($"'{param}'");
    }

    [Theory]
    [InlineData("\"max_tokens\":null,\"temperature\":null,\"top_p\":null,\"n\":null,\"stop\":null,\"seed\":null")]
    [InlineData("\"user\":null,\"tools\":null,\"tool_choice\":null,\"response_format\":null,\"logprobs\":null")]
    [InlineData("\"stream\":null,\"stream_options\":null,\"modalities\":null,\"reasoning_effort\":null,\"audio\":null")]
    [InlineData("\"temperature\":2,\"top_p\":1.0,\"n\":128,\"seed\":-9223372036854775808,\"stop\":[\"a\",\"b\"]")]
    [InlineData("\"max_tokens\":2147483647,\"presence_penalty\":-2,\"stream_options\":{},\"tools\":[]")]
    public void Reader_TakesNullsAndBounds(string members) => Wire.Read(Wire.Body(members)).Dispose();

    [Theory]
    [InlineData("api_base")]
    [InlineData("base_url")]
    [InlineData("api_key")]
    [InlineData("fallbacks")]
    [InlineData("mock_response")]
    [InlineData("mock_anything")]
    [InlineData("extra_headers")]
    [InlineData("custom_llm_provider")]
    [InlineData("aws_secret_access_key")]
    [InlineData("api\\u005fbase")]
    public void Reader_AlwaysRefusesMembersThatWouldSteerTheGateway(string name)
    {
        var error = Wire.Refuse(Wire.Body($"\"{name}\":null"));
        error.Code.ShouldBe("unsupported_parameter");
        error.Param.ShouldBe(name);
    }

    [Fact]
    public void Reader_BoundsWhatGrows()
    {
        var members = string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"x{i}\":1"));
        Wire.Refuse(Wire.Body(members)).Message.ShouldContain("256 members");
        Wire.Refuse(Wire.Body($"\"{new string('x', 257)}\":1")).Message.ShouldContain("256 bytes");
        Wire.Refuse(Wire.Body($"\"user\":\"{new string('x', 513)}\"")).Param.ShouldBe("user");
        var stops = string.Join(',', Enumerable.Repeat("\"s\"", 1000));
        Wire.Refuse(Wire.Body($"\"stop\":[{stops}]")).Param.ShouldBe("stop");
        var messages = string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"\"}", 100_000));
        Wire.Refuse($"{{\"model\":\"m\",\"messages\":[{messages}]}}").Param.ShouldBe("messages");
    }

    [Fact]
    public void Reader_KnowsNoModelWithAnEndlessName()
    {
        var error = Wire.Refuse($"{{\"model\":\"{new string('x', 10_000)}\"}}");
        error.Kind.ShouldBe(FailureKind.ModelNotFound);
        error.Code.ShouldBe("model_not_found");
    }
}
