using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects.OpenAi;

public class FrameWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    private void Relay(string data, bool usageWanted = false, string? name = null) =>
        new FrameWriter(usageWanted).Write(new FrameReader(DialectId.OpenAi).Read(name, A.Bytes(data)), _output);

    [Theory]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":null}")]
    [InlineData("{ \"unknown\" : [1.0e5] }")]
    [InlineData(
        "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}"
    )]
    public void Writer_RelaysChunksByteForByte(string data)
    {
        Relay(data);
        Written.ShouldBe($"data: {data}\n\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Writer_WithholdsTheUsageChunk_UnlessItWasAskedFor(bool wanted)
    {
        const string Usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
        Relay(Usage, wanted);
        Written.ShouldBe(wanted ? $"data: {Usage}\n\n" : "");
    }

    [Fact]
    public void Writer_KeepsEventNamesAndLines()
    {
        Relay("{\n\"a\":1}", name: "ping");
        Written.ShouldBe("event: ping\ndata: {\ndata: \"a\":1}\n\n");
    }

    [Fact]
    public void Writer_LetsNoEmptyPayloadReachAClient()
    {
        Relay("");
        Written.ShouldBe("");
    }

    [Theory]
    [InlineData("{\"id\":\"\",\"choices\":[]}", "{\"id\":\"chatcmpl-01abc\",\"choices\":[]}", LogProbUse.Relay)]
    [InlineData("  {\"a\":1, \"id\" : \"\" }", "  {\"a\":1, \"id\" : \"chatcmpl-01abc\" }", LogProbUse.Read)]
    [InlineData(
        "{\"id\":\"\",\"choices\":[{\"delta\":{\"id\":\"\"},\"logprobs\":{}}]}",
        "{\"id\":\"chatcmpl-01abc\",\"choices\":[{\"delta\":{\"id\":\"\"},\"logprobs\":null}]}",
        LogProbUse.Ask
    )]
    [InlineData(
        "{\"choices\":[{\"logprobs\":{}}],\"id\":\"\"}",
        "{\"choices\":[{\"logprobs\":null}],\"id\":\"\"}",
        LogProbUse.Ask
    )]
    [InlineData("{\"id\":\"x\",\"choices\":[]}", "{\"id\":\"x\",\"choices\":[]}", LogProbUse.Relay)]
    [InlineData("{\"id\":null}", "{\"id\":null}", LogProbUse.Relay)]
    public void Writer_NamesChunksWhoseIdIsEmpty(string data, string expected, LogProbUse logProbs)
    {
        using var asked = Wire.Read(Wire.Body("\"stream\":true"));
        asked.Call = new RequestId("req_01abc");
        new FrameWriter(false, asked: asked).Write(
            new FrameReader(DialectId.OpenAi, logProbs).Read(null, A.Bytes(data)),
            _output
        );
        Written.ShouldBe($"data: {expected}\n\n");
    }

    [Fact]
    public void Writer_EndsInTheTerminator()
    {
        new FrameWriter(false).WriteEnd(default, _output);
        Written.ShouldBe("data: [DONE]\n\n");
    }

    [Fact]
    public void Writer_WritesAnErrorEvent()
    {
        new FrameWriter(false).WriteError(new ChatError(FailureKind.StreamCut, "It broke.\nSorry."), _output);
        Written.ShouldBe(
            "data: {\"error\":{\"message\":\"It broke.\\nSorry.\",\"type\":\"upstream_error\",\"param\":null,\"code\":\"stream_cut\"}}\n\n"
        );
    }

    [Fact]
    public void Writer_KeepsACommentOnOneLine()
    {
        new FrameWriter(false).WriteComment("wye {}\r\ndata: x"u8, _output);
        Written.ShouldBe(": wye {}  data: x\n\n");
    }

    [Fact]
    public void Writer_RefusesFramesOfAnotherDialect() =>
        Should
            .Throw<InvalidOperationException>(() =>
                new FrameWriter(false).Write(new ChatFrame { Dialect = DialectId.Anthropic }, _output)
            )
            .Message.ShouldBe(
                "The 'openai' dialect was given bytes of the 'anthropic' dialect, and nothing to read them with."
            );
}
