using System.Text;
using Wye.Chat;
using Wye.Dialects.OpenAi;
using Wye.Quality.Files;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;
using Wye.Testing;

namespace Wye.Quality.Estimates;

public sealed class EstimatePortTests
{
    private const string Hard = "tell me about the integral of some tensor and the entropy of a lattice";
    private static readonly RouterSnapshot Router = TinyRouter.Snapshot;

    [Fact]
    public void Adapter_SaysWhatTheRouterSays_WithSourceAndSpread()
    {
        var estimates = Estimate(A.Asked(Hard));

        var scratch = new PromptScratch();
        float[] heads = new float[Router.Models.Count];
        EncodedPrompt encoded = Router.Encode(new PromptText { User = Encoding.UTF8.GetBytes(Hard) }, scratch);
        Router.Quality!.Estimate(encoded, scratch.Estimates, heads);
        estimates.Select(e => e.Value).ShouldBe(heads);
        estimates.ShouldAllBe(e => e.Source == EstimateSource.Own && e.Uncertainty > 0 && e.Uncertainty < 0.5f);
    }

    [Fact]
    public void SystemPrompt_AndLastUserTurn_AreKeptApart()
    {
        var parts = new PromptParts();
        parts.Read(A.Asked("the question", "the instructions"));
        Encoding.UTF8.GetString(parts.System).ShouldBe("the instructions");
        Encoding.UTF8.GetString(parts.User).ShouldBe("the question");
    }

    [Fact]
    public void TurnOfSeveralTexts_IsReadAsOne()
    {
        var parts = Read(
            """[{"type":"text","text":"tell me about the integral"},{"type":"text","text":"of a tensor"}]"""
        );
        Estimate(parts).ShouldBe(Estimate(A.Asked("tell me about the integral\nof a tensor")));
    }

    [Fact]
    public void LongTurnOfSeveralTexts_IsReadAtItsHeadAndTail()
    {
        string long1 = new('a', 7_000);
        var one = Read($$"""[{"type":"text","text":"{{long1}}"},{"type":"text","text":"{{long1}} integral tensor"}]""");
        var other = Read($$"""[{"type":"text","text":"{{long1}}"},{"type":"text","text":"{{long1}} bread apple"}]""");
        Estimate(one).ShouldNotBe(Estimate(other));
    }

    [Fact]
    public void Tools_AreTakenFromTheBody()
    {
        var request = Read("\"hi\"", ""","tools":[{"type":"function","function":{"name":"f"}}]""");
        Encoding.UTF8.GetString(request.ToolJson.Span).ShouldBe("""[{"type":"function","function":{"name":"f"}}]""");
        Read("\"hi\"").ToolJson.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Pair_GivesTheGainOfItsOwnHead()
    {
        var pair = new RouterPair(Router, Router.Pairs[0]);
        using var hard = PromptScoring.Rent(A.Asked(Hard));
        using var easy = PromptScoring.Rent(A.Asked("tell me about the apple and the bread"));

        pair.Estimate(hard).IsGain.ShouldBeTrue();
        (pair.Estimate(hard).Value - pair.Estimate(easy).Value).ShouldBeGreaterThan(0.3f);
    }

    [Fact]
    public void Lengths_AreTokens()
    {
        var lengths = new RouterLengths(Router, Router.Lengths!);
        float[] tokens = new float[lengths.Models.Count];
        using var hard = PromptScoring.Rent(A.Asked(Hard));
        lengths.Estimate(hard, tokens);

        tokens.ShouldAllBe(t => t > 120 && t < 300);
    }

    [Fact]
    public void Scoring_AllocatesNothing()
    {
        var request = A.Asked(Hard, "You are brief.");
        var quality = new RouterQuality(Router);
        var estimates = new QualityEstimate[quality.Models.Count];
        Score();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Score();

        // The pool links its items: a few dozen bytes each.
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).ShouldBeLessThan(100);

        void Score()
        {
            using var prompt = PromptScoring.Rent(request);
            quality.Estimate(prompt, estimates);
        }
    }

    [Fact]
    public void Cells_HaveTheirTypicalWords_AndKeepThemInTheFile()
    {
        CellTopics topics = Router.Topics.ShouldNotBeNull();
        topics.Words.ShouldContain(words => words.Contains("integral") || words.Contains("tensor"));
        topics.Words.ShouldContain(words => words.Contains("apple") || words.Contains("bread"));
        topics.Questions.Sum().ShouldBe(600);

        RouterSnapshot read = RouterFile.Read(new MemoryStream(TinyRouter.Bytes())).Router;
        read.Topics!.Words.ShouldBe(topics.Words);
        read.Topics.Questions.ShouldBe(topics.Questions);
    }

    private static QualityEstimate[] Estimate(ChatRequest request)
    {
        var quality = new RouterQuality(Router);
        var estimates = new QualityEstimate[quality.Models.Count];
        using var prompt = PromptScoring.Rent(request);
        quality.Estimate(prompt, estimates);
        return estimates;
    }

    private static ChatRequest Read(string content, string rest = "")
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"model":"auto","messages":[{"role":"user","content":{{content}}}]{{rest}}}"""
        );
        new OpenAiDialect()
            .TryReadRequest(body, CallerHints.None, out var request, out var error)
            .ShouldBeTrue(error?.Message);
        return request!;
    }
}
