using Wye.Chat;
using Wye.Testing;

namespace Wye.Dialects.Anthropic;

public class RequestWriterTests
{
    [Fact]
    public void WithinTheDialect_OnlyTheModelChanges()
    {
        const string Odd =
            """{ "max_tokens":7 , "system":[{"type":"text","text":"\u00e9","cache_control":{"type":"ephemeral"}}],"model":"auto","mcp_servers":[], "messages":[{"role":"user","content":"Hi"}] }""";
        using var request = Wire.Read(Odd);
        Wire.Write(A.CallOf(request)).ShouldBe(Odd.Replace("\"auto\"", "\"upstream-1\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Bound_OfThePlan_ReplacesTheCallers()
    {
        using var request = Wire.Read(Wire.Body(""));
        Wire.Write(A.CallOf(request) with { MaxOutputTokens = 42 })
            .ShouldBe($"{{\"model\":\"upstream-1\",\"max_tokens\":42,{Wire.Messages}}}");
    }

    [Theory]
    [InlineData(null, 4_096)]
    [InlineData(8_192, 8_192)]
    [InlineData(128_000, 32_000)]
    public void MissingBound_BecomesTheModels_UpToALimit(int? modelMost, int expected)
    {
        using var request = Wire.Read($"{{\"model\":\"auto\",{Wire.Messages}}}");
        var call = A.CallOf(request) with { Target = new ChatTarget { MaxOutputTokens = modelMost } };
        Wire.Write(call).ShouldBe($"{{\"model\":\"upstream-1\",{Wire.Messages},\"max_tokens\":{expected}}}");
    }

    [Fact]
    public void NullBound_IsReplacedInItsPlace()
    {
        using var request = Wire.Read($"{{\"model\":\"auto\",\"max_tokens\":null,{Wire.Messages}}}");
        Wire.Write(A.CallOf(request)).ShouldBe($"{{\"model\":\"upstream-1\",\"max_tokens\":4096,{Wire.Messages}}}");
    }

    [Fact]
    public void Directive_IsCutFromItsMessage()
    {
        using var request = Wire.Read(
            """{"model":"auto","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"/model opus\nHi"}]}]}"""
        );
        Wire.Write(A.CallOf(request) with { CutDirective = true })
            .ShouldBe(
                """{"model":"upstream-1","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}"""
            );
    }

    /// <summary>Anthropic refuses empty text blocks: what holds nothing but the line goes whole.</summary>
    [Theory]
    [InlineData(
        """[{"type":"text","text":"/model opus"},{"type":"text","text":"Hi"}]""",
        """[{"type":"text","text":"Hi"}]"""
    )]
    [InlineData(
        """[{"type":"text","text":"/model opus\n \n"} , {"text":"Hi","type":"text"}]""",
        """[ {"text":"Hi","type":"text"}]"""
    )]
    [InlineData(
        """[{"type":"image","source":{"type":"url","url":"u"}},{"cache_control":{"type":"ephemeral"},"type":"text","text":"/model opus"}]""",
        """[{"type":"image","source":{"type":"url","url":"u"}}]"""
    )]
    [InlineData(
        """[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"19"}]} ,{"type":"text","text":"/model opus"},{"type":"text","text":"Hi"}]""",
        """[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"19"}]} ,{"type":"text","text":"Hi"}]"""
    )]
    [InlineData("""[{"type":"text","text":"/model opus"}]""", """[{"type":"text","text":""}]""")]
    [InlineData("\"/model opus\"", "\"\"")]
    public void Directive_ThatIsAllOfItsBlock_TakesTheBlockAlong(string content, string expected)
    {
        using var request = Wire.Read(
            $$"""{"model":"auto","max_tokens":1,"messages":[{"role":"user","content":{{content}}}]}"""
        );
        Wire.Write(A.CallOf(request) with { CutDirective = true })
            .ShouldBe(
                $$"""{"model":"upstream-1","max_tokens":1,"messages":[{"role":"user","content":{{expected}}}]}"""
            );
    }
}
