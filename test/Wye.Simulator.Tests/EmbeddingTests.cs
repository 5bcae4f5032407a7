using System.Net;
using System.Runtime.InteropServices;

namespace Wye.Simulator;

public class EmbeddingTests
{
    [Fact]
    public async Task Vectors_AreUnit_Deterministic_AndCloserForSharedWords()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(
            """{"model":"text-embedding-3-small","input":["red apple pie","red apple tart","quantum field theory"]}""",
            "v1/embeddings"
        );
        var vectors = answer
            .GetProperty("data")
            .EnumerateArray()
            .Select(d => d.GetProperty("embedding").EnumerateArray().Select(v => v.GetSingle()).ToArray())
            .ToArray();
        vectors[0].Length.ShouldBe(1_536);
        Dot(vectors[0], vectors[0]).ShouldBe(1, 1e-4);
        Dot(vectors[0], vectors[1]).ShouldBeGreaterThan(Dot(vectors[0], vectors[2]) + 0.3f);
        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.Tokens.Input.ShouldBe(4 + 4 + 5);
        line.PicoUsd.ShouldBe(13 * 20_000);
        answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt64().ShouldBe(13);
    }

    [Fact]
    public async Task Base64_And_Dimensions_AreHonoured()
    {
        await using var sim = await Sim.StartAsync();
        const string Body =
            """{"model":"text-embedding-3-small","input":"x","dimensions":8,"encoding_format":"base64"}""";
        var answer = await sim.JsonAsync(Body, "v1/embeddings");
        var bytes = answer.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        MemoryMarshal.Cast<byte, float>(bytes).Length.ShouldBe(8);
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o","input":"x"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"model":"text-embedding-3-small"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":"x","dimensions":9999}""", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task BadRequest_GetsAnError(string body, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(body, "v1/embeddings");
        response.StatusCode.ShouldBe(status);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    private static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
