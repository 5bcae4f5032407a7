using FsCheck;
using FsCheck.Fluent;
using Wye.Testing;

namespace Wye.Dialects.OpenAi;

public class RequestWriterTests
{
    [Fact]
    public void Writer_ReplacesTheModel_AndNothingElse()
    {
        const string Body = "{ \"x\" : [1 , {\"model\":\"no\"}] ,\n\"model\"\t: \"auto\" , " + Wire.Messages + "  }  ";
        using var request = Wire.Read(Body);
        Wire.Write(A.CallOf(request)).ShouldBe(Body.Replace("\"auto\"", "\"upstream-1\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\"b", "\"a\\u0022b\"")]
    [InlineData("é/ü", "\"\\u00E9/\\u00FC\"")]
    [InlineData("meta-llama/Llama-3:70b", "\"meta-llama/Llama-3:70b\"")]
    public void Writer_EscapesTheModelName(string name, string expected)
    {
        using var request = Wire.Read(Wire.Body("\"x\":1"));
        Wire.Write(A.CallOf(request), name).ShouldStartWith($"{{\"model\":{expected},");
    }

    [Theory]
    [InlineData("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData(
        "\"stream\":true,\"stream_options\":null",
        "\"stream\":true,\"stream_options\":{\"include_usage\":true}"
    )]
    [InlineData("\"stream\":true,\"stream_options\":{}", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData(
        "\"stream_options\":{ \"include_usage\" : false, \"y\":1 },\"stream\":true",
        "\"stream_options\":{ \"include_usage\" : true, \"y\":1 },\"stream\":true"
    )]
    [InlineData(
        "\"stream_options\":{\"y\":{\"include_usage\":false}},\"stream\":true",
        "\"stream_options\":{\"include_usage\":true,\"y\":{\"include_usage\":false}},\"stream\":true"
    )]
    [InlineData("\"stream\":false", "\"stream\":false")]
    public void Writer_AsksForUsage_InEveryStream(string members, string expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        Wire.Write(A.CallOf(request)).ShouldBe($"{{\"model\":\"upstream-1\",{Wire.Messages},{expected}}}");
    }

    [Theory]
    [InlineData("\"x\":1", false, "\"x\":1,\"max_tokens\":64")]
    [InlineData("\"x\":1", true, "\"x\":1,\"max_completion_tokens\":64")]
    [InlineData("\"max_tokens\":500", false, "\"max_tokens\":64")]
    [InlineData("\"max_tokens\":500", true, "\"max_completion_tokens\":64")]
    [InlineData("\"max_completion_tokens\":500", false, "\"max_completion_tokens\":64")]
    [InlineData("\"max_tokens\":null", false, "\"max_tokens\":64")]
    [InlineData(
        "\"max_tokens\":null,\"max_completion_tokens\":5",
        false,
        "\"max_tokens\":null,\"max_completion_tokens\":64"
    )]
    [InlineData(
        "\"max_tokens\":7,\"max_completion_tokens\":5",
        false,
        "\"max_tokens\":64,\"max_completion_tokens\":64"
    )]
    public void Writer_SetsTheOutputBound_UnderOneName(string members, bool newer, string expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        Wire.Write(A.CallOf(request) with { MaxOutputTokens = 64, NewerOutputBound = newer })
            .ShouldBe($"{{\"model\":\"upstream-1\",{Wire.Messages},{expected}}}");
    }

    [Theory]
    [InlineData("\"max_tokens\":500", "\"max_completion_tokens\":500")]
    [InlineData("\"max_tokens\":null", "\"max_tokens\":null")]
    [InlineData("\"x\":1", "\"x\":1")]
    public void Writer_RenamesTheCallersBound_WhereTheTargetNeedsIt(string members, string expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        Wire.Write(A.CallOf(request) with { NewerOutputBound = true })
            .ShouldBe($"{{\"model\":\"upstream-1\",{Wire.Messages},{expected}}}");
    }

    [Theory]
    [InlineData("\"max_completion_tokens\":500", null, "\"max_tokens\":500")]
    [InlineData("\"max_completion_tokens\":500", 64, "\"max_tokens\":64")]
    [InlineData("\"max_completion_tokens\":500,\"max_tokens\":400", null, "\"max_tokens\":400")]
    [InlineData("\"max_tokens\":400,\"max_completion_tokens\":500", 64, "\"max_tokens\":64")]
    [InlineData("\"max_tokens\":null,\"max_completion_tokens\":500", null, "\"max_tokens\":500")]
    [InlineData("\"max_completion_tokens\":null,\"max_tokens\":400", null, "\"max_tokens\":400")]
    [InlineData("\"max_completion_tokens\":null", 64, "\"max_tokens\":64")]
    [InlineData("\"x\":1", 64, "\"x\":1,\"max_tokens\":64")]
    public void Writer_NamesTheBoundTheOlderWay_WhereTheServerKnowsNoOther(string members, int? bound, string expected)
    {
        using var request = Wire.Read(Wire.Body(members));
        var call = A.CallOf(request) with
        {
            MaxOutputTokens = bound,
            Target = new() { OlderOutputBound = true },
        };
        Wire.Write(call).ShouldBe($"{{\"model\":\"upstream-1\",{Wire.Messages},{expected}}}");
    }

    [Fact]
    public void Writer_LeavesOutSeveralLeadingMembers_WithTheirCommas()
    {
        using var request = Wire.Read(
            $$"""{"stream_options":{},"max_completion_tokens":500,"max_tokens":400,"model":"m",{{Wire.Messages}}}"""
        );
        Wire.Write(
                A.CallOf(request) with
                {
                    Target = new() { OlderOutputBound = true, NoStreamOptions = true },
                }
            )
            .ShouldBe($$"""{"max_tokens":400,"model":"upstream-1",{{Wire.Messages}}}""");
    }

    [Fact]
    public void Writer_KeepsTheModelLine_UnlessToldToCutIt()
    {
        const string Body = """{"model":"m","messages":[{"role":"user","content":"/model a\nHi"}]}""";
        using var request = Wire.Read(Body);
        Wire.Write(A.CallOf(request)).ShouldContain("/model a\\nHi");
        Wire.Write(A.CallOf(request) with { CutDirective = true })
            .ShouldBe("""{"model":"upstream-1","messages":[{"role":"user","content":"Hi"}]}""");
    }

    [Fact]
    public void Writer_ChangesOnlyWhatItMust_InAnyRequest() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var random = new RandomRequest(seed);
                    using var request = Wire.Read(random.Body);
                    var call = A.CallOf(request) with { MaxOutputTokens = random.Bound, CutDirective = true };
                    var written = Wire.Write(call);
                    written.ShouldBe(random.Expected);
                    using var again = Wire.Read(written);
                    again.MessageCount.ShouldBe(request.MessageCount);
                    again.Features.ShouldBe(request.Features);
                    again.Stream.ShouldBe(request.Stream);
                    again.MaxOutputTokens.ShouldBe(random.Bound ?? request.MaxOutputTokens);
                    again.Directive.ShouldBeNull();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(42, 4711));
}
