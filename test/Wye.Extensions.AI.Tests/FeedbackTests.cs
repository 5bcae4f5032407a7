using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting;
using Wye.Ledger.Judgements;

namespace Wye.Extensions.AI;

/// <summary>Judging an answer from a program, without the gateway.</summary>
public sealed class FeedbackTests(SimulatedWye wye) : IClassFixture<SimulatedWye>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_IsJudgedByItsProvenance()
    {
        var answer = await wye.Client.GetResponseAsync("Hi.", options: null, Token);
        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();

        var result = await wye.Client.GiveFeedbackAsync(from!.RequestId, 0.25, "too short", Token);

        (result.IsKept, result.Model!.Value.Value, result.Score, result.Taught).ShouldBe(
            (true, from.Model, 0.25, false)
        );
        result.NotTaught.ShouldBe("no learned router is in force");
    }

    [Fact]
    public async Task UnknownRequest_IsSaid_AndWrongScores_AreRefused()
    {
        var result = await wye.Client.GiveFeedbackAsync("req_nobody", 1, cancellationToken: Token);
        (result.IsKept, result.Taught, result.Error!.Code).ShouldBe((false, false, "unknown_request"));

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            wye.Client.GiveFeedbackAsync("r", 1.5, cancellationToken: Token)
        );
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            wye.Client.GiveFeedbackAsync("r", double.NaN, cancellationToken: Token)
        );
        await Should.ThrowAsync<ArgumentException>(() =>
            wye.Client.GiveFeedbackAsync("r", 1, new string('a', 1001), Token)
        );
    }

    [Fact]
    public async Task ClientThatIsNoWye_IsRefused()
    {
        using var other = new FakeChatClient();
        await Should.ThrowAsync<ArgumentException>(() => other.GiveFeedbackAsync("r", 1, cancellationToken: Token));
    }
}
