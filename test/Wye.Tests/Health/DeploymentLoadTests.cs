using FsCheck;
using FsCheck.Fluent;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Health;

public class DeploymentLoadTests
{
    private readonly ManualTime _time = new();

    private DeploymentLoad Load => field ??= new DeploymentLoad(_time);

    private static Deployment Limited(int? rpm = null, int? tpm = null) =>
        A.Deployments(1)[0] with
        {
            RequestsPerMinute = rpm,
            TokensPerMinute = tpm,
        };

    [Fact]
    public void Rates_NeverAdmitMoreThanTheLimitInAnyMinute_WhereverItBegins()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Gen.Choose(0, 3_000).ArrayOf(400).ToArbitrary(),
                steps =>
                {
                    var time = new ManualTime();
                    var load = new DeploymentLoad(time);
                    var deployment = Limited(rpm: 20);
                    List<TimeSpan> admitted = [];
                    foreach (var step in steps)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(step));
                        if (load.TryTake(deployment, 1, out _) == RateLimit.None)
                        {
                            admitted.Add(time.Elapsed);
                        }
                    }

                    for (var i = 20; i < admitted.Count; i++)
                    {
                        (admitted[i] - admitted[i - 20]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
                    }

                    return admitted.Count >= 20;
                }
            )
        );
    }

    [Fact]
    public void Rates_AdmitExactlyTheLimit_FromManyThreadsAtOnce()
    {
        var deployment = Limited(rpm: 100);
        var admitted = 0;
        Parallel.For(
            0,
            544,
            _ =>
            {
                if (Load.TryTake(deployment, 1, out var lease) == RateLimit.None)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        );
        admitted.ShouldBe(100);
    }

    [Fact]
    public void Rates_CountExpectedTokensAtTheStart_AndCorrectThemWhereTheyWereCounted()
    {
        var deployment = Limited(tpm: 1_000);
        Load.TryTake(deployment, 800, out var lease).ShouldBe(RateLimit.None);
        Load.TryTake(deployment, 300, out _).ShouldBe(RateLimit.Tokens);
        _time.Advance(TimeSpan.FromSeconds(30));
        Load.Release(lease, new Usage { InputTokens = 100, OutputTokens = 50 });
        Load.Headroom(deployment, 0).ShouldBe(0.85, 1e-9);
        _time.Advance(TimeSpan.FromSeconds(31));
        Load.Headroom(deployment, 0).ShouldBe(1, "the correction left the window with what it corrected");
    }

    [Fact]
    public void Rates_LetARequestLargerThanTheLimitGoAlone()
    {
        var deployment = Limited(tpm: 1_000);
        Load.TryTake(deployment, 5_000, out _).ShouldBe(RateLimit.None);
        Load.TryTake(deployment, 5_000, out _).ShouldBe(RateLimit.Tokens);
    }

    [Fact]
    public void Rates_SayWhenThereIsRoomAgain()
    {
        var deployment = Limited(rpm: 2);
        Load.TryTake(deployment, 1, out _);
        _time.Advance(TimeSpan.FromSeconds(20));
        Load.TryTake(deployment, 1, out _);
        var wait = Load.UntilRoom(deployment, 1);
        wait.ShouldBe(TimeSpan.FromSeconds(41));
        _time.Advance(wait - TimeSpan.FromSeconds(1));
        Load.LimitReached(deployment, 1).ShouldBe(RateLimit.Requests);
        _time.Advance(TimeSpan.FromSeconds(1));
        Load.LimitReached(deployment, 1).ShouldBe(RateLimit.None);
    }

    [Fact]
    public void InFlight_HealsAfterALostEnd()
    {
        Load.Take(1);
        _time.Advance(TimeSpan.FromMinutes(14));
        Load.InFlight.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(2));
        Load.InFlight.ShouldBe(0);
        var lease = Load.Take(1);
        Load.Release(lease, default);
        Load.InFlight.ShouldBe(0);
    }

    [Fact]
    public void InFlight_IsNotPushedBelowZero_ByAnEndAfterItsExpiry()
    {
        var late = Load.Take(1);
        _time.Advance(TimeSpan.FromHours(1));
        Load.Take(1);
        Load.Release(late, default);
        Load.InFlight.ShouldBe(1);
    }

    [Fact]
    public void Latency_RisesAtOnce_AndFallsWithAgeOnly()
    {
        var average = Load.FirstToken;
        average.Milliseconds.ShouldBeNull();
        average.Observe(TimeSpan.FromMilliseconds(100));
        average.Observe(TimeSpan.FromMilliseconds(900));
        average.Milliseconds.ShouldBe(900);
        for (var i = 0; i < 50; i++)
        {
            average.Observe(TimeSpan.FromMilliseconds(100));
        }

        average.Milliseconds.ShouldBe(900, "no time has passed");
        _time.Advance(LatencyAverage.Fall);
        average.Observe(TimeSpan.FromMilliseconds(100));
        average.Milliseconds!.Value.ShouldBe(100 + (800 / Math.E), 1e-6);
    }
}
