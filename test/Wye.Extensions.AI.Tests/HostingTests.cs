using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting;
using Wye.Hosting.Configuration.Problems;
using Wye.Yaml;

namespace Wye.Extensions.AI;

public sealed class HostingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void WrongConfiguration_IsRefusedAtOnce_WithEveryProblem()
    {
        var wrong = Should.Throw<InvalidConfigurationException>(() =>
            new ServiceCollection().AddWyeText("providers: { a: {}, b: {} }", LedgerChoice.None)
        );

        wrong
            .Problems.Count(problem =>
                problem.ToString().Contains("The provider has no address.", StringComparison.Ordinal)
            )
            .ShouldBe(2);
        wrong.Message.ShouldContain("providers.a");
    }

    [Fact]
    public async Task InProcessProvider_ThatTheHostForgot_IsNamed()
    {
        using var client = WyeChatClient.Create(services => services.AddWye(HostedFake.Config, LedgerChoice.None));

        var failed = await Should.ThrowAsync<WyeChatException>(() => client.GetResponseAsync("Hi.", null, Token));

        failed.Message.ShouldContain("is in-process, but the host registered none of that name.");
    }

    [Fact]
    public async Task NoLedger_KeepsNothing_AndAnswersStillSayTheirCost()
    {
        await using var wye = new HostedFake(LedgerChoice.None);

        var answer = await wye.Client.GetResponseAsync("Hi.", options: null, Token);

        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        from!.CostUsd.ShouldBeGreaterThan(0);
        (await wye.Ledger.TotalsAsync(Token)).Requests.ShouldBe(0);
    }

    [Fact]
    public async Task InMemoryLedger_HoldsWhatTheAnswerSays()
    {
        await using var wye = new HostedFake(LedgerChoice.InMemory(capacity: 1));

        var answer = await wye.Client.GetResponseAsync("Hi.", options: null, Token);

        WyeProvenance.TryRead(answer, out var from).ShouldBeTrue();
        var record = await wye.Ledger.FindAsync(new(from!.RequestId), Token);
        record!.Request.Cost.ToDollars().ShouldBe(from.CostUsd);
    }
}
