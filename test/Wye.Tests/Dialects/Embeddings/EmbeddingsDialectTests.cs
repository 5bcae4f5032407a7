using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.Embeddings;

public class EmbeddingsDialectTests
{
    [Theory]
    [InlineData("\"hello\"", 1, 1)]
    [InlineData("[\"hello\",\"w\\u00f6rld\"]", 2, 2)]
    [InlineData("[1,2,3]", 1, 0)]
    [InlineData("[[1,2],[3]]", 2, 0)]
    public void Request_IsReadIntoTheView_AndRelayedUnderTheProvidersName(string input, int count, int texts)
    {
        var body = $$"""{"input":{{input}},"model":"embed","dimensions":8,"encoding_format":"base64","new":[1.50]}""";
        using var request = Faces.Read(Faces.Embeddings, body);
        request.MessageCount.ShouldBe(count);
        request.Texts.Count.ShouldBe(texts);
        request.Features.ShouldBe(ChatFeatures.Embedding);
        var output = new ArrayBufferWriter<byte>();
        Faces.Embeddings.WriteRequest(A.CallOf(request) with { MaxOutputTokens = 5 }, "up", output);
        Encoding
            .UTF8.GetString(output.WrittenSpan)
            .ShouldBe(body.Replace("\"embed\"", "\"up\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("{\"model\":\"m\"}", "missing_required_parameter", "input")]
    [InlineData("{\"input\":\"x\"}", "missing_required_parameter", "model")]
    [InlineData("{\"model\":\"m\",\"input\":\"\"}", "invalid_value", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[]}", "invalid_value", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[\"a\",\"\"]}", "invalid_value", "input[1]")]
    [InlineData("{\"model\":\"m\",\"input\":[\"a\",null]}", "invalid_type", "input[1]")]
    [InlineData("{\"model\":\"m\",\"input\":[1.5]}", "invalid_type", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[\"a\",1]}", "invalid_type", "input")]
    [InlineData("{\"model\":\"m\",\"input\":[[]]}", "invalid_value", "input[0]")]
    [InlineData("{\"model\":\"m\",\"input\":{}}", "invalid_type", "input")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"dimensions\":0}", "invalid_value", "dimensions")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"encoding_format\":\"int8\"}", "invalid_value", "encoding_format")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"input\":\"y\"}", "duplicate_key", "input")]
    [InlineData("{\"model\":\"m\",\"input\":\"x\",\"mock_response\":1}", "unsupported_parameter", "mock_response")]
    public void WrongRequest_NamesThePartAndTheFix(string body, string code, string? param)
    {
        var error = Faces.Refuse(Faces.Embeddings, body);
        (error.Kind, error.Code, error.Param).ShouldBe((FailureKind.BadRequest, code, param));
    }

    [Fact]
    public void MoreTextsThanFit_AreRefused()
    {
        var texts = string.Join(',', Enumerable.Repeat("\"a\"", 2049));
        Faces.Refuse(Faces.Embeddings, $"{{\"model\":\"m\",\"input\":[{texts}]}}").Param.ShouldBe("input");
    }

    [Fact]
    public void Reply_IsRelayedByteForByte_WithItsUsage()
    {
        const string Body =
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.10,-1e-3]}],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8},"new":1}""";
        Faces.Embeddings.TryReadReply(Faces.Owned(Body), Body.Length, out var reply, out _).ShouldBeTrue();
        reply!.Usage.ShouldBe(new Usage { InputTokens = 8 });
        reply.Finish.ShouldBe(FinishReason.Other, "an answer without text is no broken one here");
        var output = new ArrayBufferWriter<byte>();
        Faces.Embeddings.WriteReply(reply, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(Body);
        reply.Dispose();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"data\":[]}")]
    [InlineData("{\"data\":[1")]
    [InlineData("{\"error\":{\"message\":\"no\"}}")]
    public void NoAnswer_IsAFailure(string body)
    {
        Faces.Embeddings.TryReadReply(Faces.Owned(body), body.Length, out _, out var error).ShouldBeFalse();
        error!.Kind.ShouldBe(FailureKind.BadResponse);
    }

    [Fact]
    public void ChatProviders_AreNeverAskedForVectors()
    {
        using var request = Faces.Read(Faces.Embeddings, """{"model":"m","input":"x"}""");
        foreach (var to in new[] { Faces.OpenAi, Faces.Anthropic, Faces.Gemini })
        {
            to.CanWriteRequest(request, out var error).ShouldBeFalse();
            error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        }
    }
}
