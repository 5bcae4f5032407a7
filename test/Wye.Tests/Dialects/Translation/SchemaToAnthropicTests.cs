using System.Text.Json;

namespace Wye.Dialects.Translation;

/// <summary>Schemas of tools and of the answer on their way from OpenAI's dialect, which takes more of them than Anthropic's.</summary>
public class SchemaToAnthropicTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Theory]
    [InlineData(
        """{"properties":{"x":{"enum":[1,2]}},"required":["x"]}""",
        """{"type":"object","properties":{"x":{"enum":[1,2]}},"required":["x"]}"""
    )]
    [InlineData(
        """{"properties":{"type":{"type":"string"}}}""",
        """{"type":"object","properties":{"type":{"type":"string"}}}"""
    )]
    [InlineData("""{"type":"object","properties":null,"required":null}""", """{"type":"object"}""")]
    [InlineData("""{}""", """{"type":"object","properties":{}}""")]
    [InlineData("null", """{"type":"object","properties":{}}""")]
    [InlineData(
        """{"type":"object","properties":{"x":{"default":null,"minimum":1}}}""",
        """{"type":"object","properties":{"x":{"default":null,"minimum":1}}}"""
    )]
    public void ToolSchema_IsAnObject_AndLosesNothing(string parameters, string expected)
    {
        var (body, dropped) = Both.ToAnthropic(
            $$$$"""{"model":"m",{{{{Hi}}}},"tools":[{"type":"function","function":{"name":"w","parameters":{{{{parameters}}}}}}]}"""
        );
        JsonElement.Parse(body).GetProperty("tools")[0].GetProperty("input_schema").GetRawText().ShouldBe(expected);
        dropped.ShouldBeEmpty();
    }

    [Theory]
    [InlineData( // what one strict vendor takes, the other takes as it is
        """{"type":"object","description":"d","properties":{"a":{"type":["string","null"],"pattern":"^a"},"b":{"type":"array","items":{"type":"string","format":"date"},"minItems":1}},"required":["a","b"],"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"type":["string","null"],"pattern":"^a"},"b":{"type":"array","items":{"type":"string","format":"date"},"minItems":1}},"required":["a","b"],"additionalProperties":false,"description":"d"}""",
        ""
    )]
    [InlineData(
        """{"type":"object","properties":{"n":{"type":"integer","minimum":0,"maximum":9,"description":"How many"},"s":{"type":"string","maxLength":3,"format":"regex"}}}""",
        """{"type":"object","properties":{"n":{"type":"integer","description":"How many (minimum: 0, maximum: 9)"},"s":{"type":"string","description":"maxLength: 3, format: \"regex\""}},"additionalProperties":false}""",
        "json_schema.minimum, json_schema.maximum, json_schema.maxLength, json_schema.format"
    )]
    [InlineData( // names of properties are no keywords
        """{"type":"object","properties":{"minimum":{"type":"number"},"properties":{"type":"string"}},"additionalProperties":true}""",
        """{"type":"object","properties":{"minimum":{"type":"number"},"properties":{"type":"string"}},"additionalProperties":false}""",
        ""
    )]
    [InlineData(
        """{"$defs":{"p":{"type":"object","properties":{"x":{"type":"number","multipleOf":2}}}},"oneOf":[{"$ref":"#/$defs/p"},{"type":"array","minItems":2,"items":{"type":"object","properties":{"y":{"const":1}}}}]}""",
        """{"$defs":{"p":{"type":"object","properties":{"x":{"type":"number","description":"multipleOf: 2"}},"additionalProperties":false}},"anyOf":[{"$ref":"#/$defs/p"},{"type":"array","items":{"type":"object","properties":{"y":{"const":1}},"additionalProperties":false},"description":"minItems: 2"}]}""",
        "json_schema.multipleOf, json_schema.minItems"
    )]
    [InlineData( // closed they could only be empty: the provider says that it does not take them
        """{"type":"object","properties":{"map":{"type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false}""",
        """{"type":"object","properties":{"map":{"type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false}""",
        ""
    )]
    public void AnswerSchema_IsClosed_AndItsBoundsAreTold(string schema, string expected, string dropped)
    {
        var (body, left) = Both.ToAnthropic(
            $$$$"""{"model":"m",{{{{Hi}}}},"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{{{{schema}}}}}}}"""
        );
        JsonElement
            .Parse(body)
            .GetProperty("output_config")
            .GetProperty("format")
            .GetProperty("schema")
            .GetRawText()
            .ShouldBe(expected);
        string.Join(", ", left).ShouldBe(dropped);
    }
}
