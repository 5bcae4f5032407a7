using Wye.Schemas;

namespace Wye.Gates;

public class JsonSchemaCheckerTests
{
    private const string Person = """
        {"type":"object","required":["name"],"additionalProperties":false,
         "properties":{"name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":0},"kind":{"enum":["a","b"]}}}
        """;

    [Theory]
    [InlineData("""{"name":"x","age":3,"kind":"a"}""", SchemaVerdict.Valid)]
    [InlineData("""{"age":3}""", SchemaVerdict.Invalid)]
    [InlineData("""{"name":""}""", SchemaVerdict.Invalid)]
    [InlineData("""{"name":"x","age":-1}""", SchemaVerdict.Invalid)]
    [InlineData("""{"name":"x","more":1}""", SchemaVerdict.Invalid)]
    [InlineData("""{"name":"x","kind":"c"}""", SchemaVerdict.Invalid)]
    [InlineData("[]", SchemaVerdict.Invalid)]
    public void AValue_FollowsTheSchemaOrNot(string json, SchemaVerdict expected) =>
        JsonSchemaChecker.Shared.Check(Person, json).ShouldBe(expected);

    [Theory]
    [InlineData("""{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}""")]
    [InlineData("""{"type":"object","dependentRequired":{"a":["b"]}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1}}}""")]
    [InlineData("""{"type":"object","unevaluatedProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","format":"email"}}}""")]
    [InlineData("""{"$ref":"https://example.com/schema.json"}""")]
    [InlineData("""{"$ref":"other.json#/definitions/a"}""")]
    [InlineData("not a schema")]
    [InlineData("[]")]
    public void AKeywordThatIsNotChecked_NeverPasses(string schema) =>
        JsonSchemaChecker.Shared.Check(schema, """{"a":1}""").ShouldNotBe(SchemaVerdict.Valid);

    [Fact]
    public void ABreachOfWhatIsChecked_IsFound_WhateverElseStandsThere() =>
        JsonSchemaChecker
            .Shared.Check("""{"type":"object","dependentRequired":{"a":["b"]}}""", "[]")
            .ShouldBe(SchemaVerdict.Invalid);

    [Fact]
    public void References_WithinTheDocument_AreFollowed()
    {
        const string schema =
            """{"definitions":{"n":{"type":"integer"}},"type":"object","properties":{"a":{"$ref":"#/definitions/n"}}}""";
        JsonSchemaChecker.Shared.Check(schema, """{"a":1}""").ShouldBe(SchemaVerdict.Valid);
        JsonSchemaChecker.Shared.Check(schema, """{"a":"x"}""").ShouldBe(SchemaVerdict.Invalid);
    }
}
