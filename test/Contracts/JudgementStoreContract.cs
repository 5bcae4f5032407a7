using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;

namespace Wye.Contracts;

/// <summary>What every <see cref="IJudgementStore"/> keeps to.</summary>
public abstract class JudgementStoreContract
{
    private protected static readonly DateTimeOffset At = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty store.</summary>
    private protected abstract IJudgementStore Store { get; }

    [Fact]
    public async Task Judgement_IsReadBackWhole_AndTheLastOneOfARequestCounts()
    {
        var first = Judgement("a", 0, PromptPosition.Of([1, 0, -1]), expected: 900_000) with { Comment = "wrong sum" };
        var last = Judgement("a", 1_000_000) with { At = At.AddDays(1) };

        (await Store.PutAsync(first, Token)).ShouldBeNull();
        (await Store.FindAsync(new("a"), Token)).ShouldBe(first);
        (await Store.PutAsync(last, Token)).ShouldBe(first);
        (await Store.FindAsync(new("a"), Token)).ShouldBe(last);
        (await Store.FindAsync(new("b"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task ThoseWithAnExpectation_AreShown_AsTheyStandNow()
    {
        var (near, far) = (PromptPosition.Of([0.25f, -1]), PromptPosition.Of([-0.5f, 1]));
        await Store.PutAsync(Judgement("a", 0, near, expected: 900_000), Token);
        await Store.PutAsync(Judgement("b", 1_000_000, far, expected: 900_001), Token);
        await Store.PutAsync(Judgement("c", 500_000, expected: 1), Token);
        await Store.PutAsync(Judgement("d", 0), Token);
        await Store.PutAsync(Judgement("a", 1_000_000, near, expected: 900_000), Token);

        var seen = new List<Judgement>();
        await Store.VisitExpectedAsync(seen.Add, Token);

        seen.OrderBy(one => one.Request.Value, StringComparer.Ordinal)
            .Select(one => (one.Request.Value, one.Model.Value, one.Expected!.Basis, one.Expected.Position, one.Missed))
            .ShouldBe([
                ("a", "m", "basis", near, 100_000),
                ("b", "m", "basis", far, 99_999),
                ("c", "m", "basis", PromptPosition.Unknown, 499_999),
            ]);
    }

    [Fact]
    public async Task Models_AreCountedInASpanOfTime()
    {
        await Store.PutAsync(Judgement("a", 0, expected: 900_000), Token);
        await Store.PutAsync(Judgement("b", 1_000_000), Token);
        await Store.PutAsync(Judgement("c", 1_000_000) with { At = At.AddDays(1) }, Token);
        await Store.PutAsync(Judgement("d", 250_000) with { Model = new("l") }, Token);

        (await Store.ModelsAsync(At, At.AddDays(1), Token)).ShouldBe([
            new JudgedModel(new("l"), 1, 0.25, 0),
            new JudgedModel(new("m"), 2, 0.5, 1),
        ]);
    }

    [Fact]
    public async Task ManyAtOnce_EachReplacesTheOneBefore()
    {
        var earlier = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(score => Store.PutAsync(Judgement("a", score), Token))
        );

        // A chain: nobody replaces what another has replaced.
        var replaced = earlier.Select(one => one?.Score).ToList();
        replaced.Count(score => score is null).ShouldBe(1);
        replaced.Distinct().Count().ShouldBe(20);
    }

    private protected static Judgement Judgement(
        string request,
        int score,
        PromptPosition position = default,
        int? expected = null
    ) =>
        new()
        {
            Request = new(request),
            At = At,
            Key = new("k"),
            Model = new("m"),
            Score = score,
            Expected = expected is { } quality ? new QualityExpectation(new("m"), "basis", position, quality) : null,
        };
}
