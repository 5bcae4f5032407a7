using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Primitives;
using Wye.Quality;
using Wye.Quality.Files;
using Wye.Quality.Shipped;
using Wye.Routing.Selection.Learned;
using Wye.Testing;

namespace Wye.Routing;

/// <summary>A router that is read after the start: once, by whoever needs it first, and waited for by everybody else.</summary>
public sealed class LearnedRoutingTests
{
    private int _read;

    [Fact]
    public void Router_IsReadByTheFirstDecision_AndOnce()
    {
        var snapshot = Late();
        _read.ShouldBe(0);

        LearnedWorld.Choice(snapshot).Why.ShouldStartWith("learned: ");
        LearnedWorld.Choice(snapshot).Why.ShouldStartWith("learned: ");
        _read.ShouldBe(1);
    }

    [Fact]
    public void Router_ThatWasReadAhead_IsNotReadAgain()
    {
        var snapshot = Late();
        snapshot.Learned!.ReadAhead();
        snapshot.Learned.ReadAhead();
        LearnedWorld.Choice(snapshot).Why.ShouldStartWith("learned: ");
        _read.ShouldBe(1);
    }

    [Fact]
    public void Router_ThatNobodyMayAsk_IsNotReadAhead()
    {
        Late(refused: "router hand-made is not proven").Learned!.ReadAhead();
        Late(asked: false).Learned!.ReadAhead();
        _read.ShouldBe(0);
    }

    [Fact]
    public async Task Decisions_ThatComeWhileItIsRead_WaitForIt()
    {
        using var mayEnd = new ManualResetEventSlim();
        var snapshot = Late(() => mayEnd.Wait(TestContext.Current.CancellationToken));
        using var request = A.Asked("hi");
        Task[] early = [.. Enumerable.Range(0, 5).Select(_ => PrepareAsync(snapshot, CancellationToken.None))];
        using var gone = new CancellationTokenSource();
        var impatient = PrepareAsync(snapshot, gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        early.ShouldAllBe(one => !one.IsCompleted);

        mayEnd.Set();
        await Task.WhenAll(early);
        _read.ShouldBe(1);
        LearnedWorld.Choice(snapshot).Why.ShouldStartWith("learned: ");
        (await PrepareIsDone(snapshot)).ShouldBeTrue("nothing is waited for any more");

        async Task PrepareAsync(RoutingSnapshot of, CancellationToken cancel) =>
            await of.Learned!.PrepareAsync(request, of, cancel);

        ValueTask<bool> PrepareIsDone(RoutingSnapshot of) =>
            new(of.Learned!.PrepareAsync(request, of, CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task DamagedRouter_IsToldByTheDecisionThatNeedsIt_AndTheNextPolicyDecides()
    {
        var snapshot = Late(() => throw new RouterFileException("The router file is damaged."));
        snapshot.Learned!.ReadAhead();
        Should.Throw<RouterFileException>(() => snapshot.Learned.Pool);
        using var request = A.Asked("hi");
        var prepared = await snapshot.Learned.PrepareAsync(request, snapshot, CancellationToken.None);
        var plan = new RoutingWorld(snapshot)
            .Router.Plan(request, snapshot, RoutingWorld.Key, null, new PlanAids { Prepared = prepared })
            .Plan.ShouldNotBeNull();
        plan.Why.ShouldStartWith("heuristic: ");
        plan.Why.ShouldContain("learned: router hand-made is damaged");
        _read.ShouldBe(1);
    }

    /// <summary>What lets the shipped router be read after the start; a damaged one fails here.</summary>
    [Fact]
    public void ShippedRouter_IsWhole_AndIsWhatItsManifestSays()
    {
        var (manifest, served) = (ShippedRouter.Manifest.ShouldNotBeNull(), ShippedRouter.Served.ShouldNotBeNull());
        (served.Name, served.Champion, served.Threshold).ShouldBe(
            (manifest.Name, manifest.Champion, manifest.Threshold)
        );
        served.Snapshot!.Encoder.External.ShouldBeNull("it would need an encoder, which is checked at the start");
        served.Means.Count.ShouldBe(served.Quality.Models.Count);
    }

    [Fact]
    public void NamedRouter_ThatIsDamaged_IsRefusedWithTheConfiguration()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.wye");
        try
        {
            var bytes = TinyRouter.Bytes();
            File.WriteAllBytes(file, bytes);
            Build(file).Problems.Where(problem => problem.Severity == ConfigSeverity.Error).ShouldBeEmpty();

            Array.Reverse(bytes, 2_000, 40);
            File.WriteAllBytes(file, bytes);
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
            var problem = Build(file)
                .Problems.Where(problem => problem.Severity == ConfigSeverity.Error)
                .ShouldHaveSingleItem();
            problem.Path.ShouldBe("learning.router");
            problem.What.ShouldContain("damaged");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static BuildResult Build(string router) =>
        SnapshotBuilder.Build(
            new WyeConfig
            {
                Providers = [new ProviderConfig { Name = "openai", Key = new Secret("k") }],
                Learning = new LearningConfig { Router = router },
            },
            A.Registry()
        );

    private RoutingSnapshot Late(Action? during = null, string? refused = null, bool asked = true)
    {
        var snapshot = LearnedWorld.Snapshot();
        var pool = snapshot.Learned!.Pool;
        var manifest = TinyRouter.Manifest with { Name = pool.Router.Name, Champion = true };
        return snapshot with
        {
            Learned = new LearnedRouting(
                manifest,
                refused,
                () =>
                {
                    Interlocked.Increment(ref _read);
                    during?.Invoke();
                    return pool;
                }
            )
            {
                Routes = asked ? [.. snapshot.Routes.Keys] : [],
            },
        };
    }
}
