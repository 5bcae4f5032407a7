using System.Globalization;
using System.Net.Http;
using System.Text;
using Wye.Chat.Prompts;
using Wye.Quality;
using Wye.Quality.Estimates;
using Wye.Testing;

namespace Wye.Providers;

public sealed class OpenAiEmbeddingsEncoderTests
{
    private const string Prompt = "tell me about the integral of some tensor";

    [Fact]
    public async Task Encoder_AsksWithKeyModelTextAndLength_AndGivesAUnitVector()
    {
        using var handler = new VerbatimHandler("""{"data":[{"embedding":[3,0,4]}]}""");
        var vector = await Encode(handler, asksLength: true);

        vector.Failure.ShouldBeNull();
        vector.Values.ToArray().ShouldBe([0.6f, 0f, 0.8f], 1e-6);
        var (uri, headers, body) = handler.Asked.ShouldHaveSingleItem();
        uri.ShouldBe(new Uri("http://far.test/v1/embeddings"));
        headers.ShouldContain("Authorization: Bearer sk-1");
        body.ShouldBe($$"""{"model":"embedder","input":"{{Prompt}}","encoding_format":"float","dimensions":3}""");
    }

    [Theory]
    [InlineData(200, """{"data":[{"embedding":[1,2]}]}""", "encoder embedder gave no vector of 3 numbers")]
    [InlineData(200, """{"data":[{"embedding":[1,2,"x"]}]}""", "encoder embedder gave no vector of 3 numbers")]
    [InlineData(200, """{"data":[]}""", "encoder embedder gave no vector of 3 numbers")]
    [InlineData(200, "[1]", "encoder embedder gave no vector of 3 numbers")]
    [InlineData(200, "{", "encoder embedder gave no vector of 3 numbers")]
    [InlineData(401, """{"error":{"message":"bad key sk-1"}}""", "encoder embedder answered 401")]
    public async Task AnswersThatAreNone_AreFailuresInAFewWords(int status, string body, string failure)
    {
        using var handler = new VerbatimHandler(body, status);
        (await Encode(handler)).Failure.ShouldBe(failure);
    }

    [Fact]
    public async Task EncoderThatDoesNotAnswer_IsGivenUpAtItsDeadline()
    {
        var time = new ManualTime();
        using var transport = new HttpMessageInvoker(new Silent());
        var asked = Encoder(transport, time: time).EncodeAsync(Encoding.UTF8.GetBytes(Prompt), default);
        asked.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(200));
        (await asked).Failure.ShouldBe("encoder embedder did not answer within 200 ms");
    }

    [Fact]
    public async Task CallerWhoLeaves_CancelsTheCall()
    {
        using var gone = new CancellationTokenSource();
        using var transport = new HttpMessageInvoker(new Silent());
        var asked = Encoder(transport, time: new ManualTime()).EncodeAsync(Encoding.UTF8.GetBytes(Prompt), gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await asked);
    }

    [Fact]
    public async Task RouterOnEmbeddings_ScoresAsItsHeadsDoOnTheSameLatentPart()
    {
        var plain = TinyRouter.Snapshot;
        using var known = PromptScoring.Rent(A.Asked(Prompt));
        var latent = known.Encoded(plain).Dense[..plain.Encoder.LatentWidth].ToArray();
        var numbers = string.Join(',', latent.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        using var handler = new VerbatimHandler($$"""{"data":[{"embedding":[{{numbers}}]}]}""");
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var router = TinyRouter.WithEmbeddings("embedder");
        // On a busy machine the deadline would pass.
        var encoder = Encoder(transport, time: new ManualTime(), dimensions: latent.Length);
        var quality = new RouterQuality(router, encoder);
        var request = A.Asked(Prompt);

        var prepared = await quality.PrepareAsync(request, CancellationToken.None);
        using var scoring = PromptScoring.Rent(request, prepared);
        var estimates = new QualityEstimate[router.Models.Count];
        quality.Estimate(scoring, estimates);

        var expected = known.Qualities(plain).ToArray();
        for (var h = 0; h < expected.Length; h++)
        {
            estimates[h].Value.ShouldBe(expected[h], 0.02f);
        }
    }

    private static async Task<PromptVector> Encode(VerbatimHandler handler, bool asksLength = false)
    {
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        return await Encoder(transport, asksLength).EncodeAsync(Encoding.UTF8.GetBytes(Prompt), CancellationToken.None);
    }

    private static OpenAiEmbeddingsEncoder Encoder(
        HttpMessageInvoker transport,
        bool asksLength = false,
        TimeProvider? time = null,
        int dimensions = 3
    ) =>
        new(
            A.EndpointOf(A.HttpDeployment(new Uri("http://far.test/v1/")), "sk-1"),
            "embedder",
            dimensions,
            asksLength,
            TimeSpan.FromMilliseconds(200),
            transport,
            time ?? TimeProvider.System
        );

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }
}
