using FsCheck;
using FsCheck.Fluent;
using Wye.Testing;

namespace Wye.Access.Limits;

public class MovingWindowTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_26, 11);

    /// <summary>Steps of time in milliseconds, mostly short, and amounts.</summary>
    private static readonly Arbitrary<(int Wait, int Amount)[]> Arrivals = (
        from wait in Gen.Frequency((6, Gen.Choose(0, 900)), (2, Gen.Choose(0, 9_000)), (1, Gen.Choose(30_000, 130_000)))
        from amount in Gen.Choose(1, 7)
        select (wait, amount)
    )
        .ArrayOf(120)
        .ToArbitrary();

    [Fact]
    public void NoSixtySeconds_HoldMoreThanWasLetInUnderTheLimit() =>
        Prop.ForAll(
                Arrivals,
                arrivals =>
                {
                    const int limit = 20;
                    var time = new ManualTime();
                    var window = new MovingWindow(time);
                    var admitted = new List<(TimeSpan At, int Amount)>();
                    foreach (var (wait, amount) in arrivals)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(wait));
                        window.AdvanceTo(time.GetTimestamp());
                        if (window.Sum + amount <= limit)
                        {
                            window.Add(amount);
                            admitted.Add((time.Elapsed, amount));
                        }
                    }

                    return admitted.TrueForAll(end =>
                        admitted
                            .Where(one => one.At <= end.At && end.At - one.At < MovingWindow.Length)
                            .Sum(one => one.Amount) <= limit
                    );
                }
            )
            .Check(Cases);

    [Fact]
    public void WhatIsOlderThanTheWindowAndHalfASecond_NeverStandsInTheWay() =>
        Prop.ForAll(
                Arrivals,
                arrivals =>
                {
                    var time = new ManualTime();
                    var window = new MovingWindow(time);
                    var taken = new List<(TimeSpan At, int Amount)>();
                    var most = MovingWindow.Length + TimeSpan.FromSeconds(0.5);
                    foreach (var (wait, amount) in arrivals)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(wait));
                        window.AdvanceTo(time.GetTimestamp());
                        if (window.Sum > taken.Where(one => time.Elapsed - one.At <= most).Sum(one => one.Amount))
                        {
                            return false;
                        }

                        window.Add(amount);
                        taken.Add((time.Elapsed, amount));
                    }

                    return true;
                }
            )
            .Check(Cases);

    [Fact]
    public void UntilFits_IsTheMomentFromWhichItFits() =>
        Prop.ForAll(
                Arrivals,
                arrivals =>
                {
                    const int limit = 20;
                    var time = new ManualTime();
                    var window = new MovingWindow(time);
                    foreach (var (wait, amount) in arrivals)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(wait));
                        window.AdvanceTo(time.GetTimestamp());
                        var left = window.UntilFits(time.GetTimestamp(), amount, limit)!.Value;
                        if (left == TimeSpan.Zero)
                        {
                            window.Add(amount);
                            continue;
                        }

                        time.Advance(left - TimeSpan.FromTicks(1));
                        window.AdvanceTo(time.GetTimestamp());
                        if (window.Sum + amount <= limit)
                        {
                            return false;
                        }

                        time.Advance(TimeSpan.FromTicks(1));
                        window.AdvanceTo(time.GetTimestamp());
                        if (window.Sum + amount > limit)
                        {
                            return false;
                        }
                    }

                    return true;
                }
            )
            .Check(Cases);

    [Fact]
    public void UntilEmpty_IsTheMomentFromWhichNothingIsLeft()
    {
        var time = new ManualTime();
        var window = new MovingWindow(time);
        window.AdvanceTo(time.GetTimestamp());
        window.UntilEmpty(time.GetTimestamp()).ShouldBe(TimeSpan.Zero);
        window.Add(3);

        var left = window.UntilEmpty(time.GetTimestamp());

        left.ShouldBe(TimeSpan.FromSeconds(60.5));
        time.Advance(left);
        window.AdvanceTo(time.GetTimestamp());
        window.Sum.ShouldBe(0);
    }

    [Fact]
    public void Correct_OfASlotThatHasLeft_TakesOnlyWhatWasTooLittle()
    {
        var time = new ManualTime();
        var window = new MovingWindow(time);
        window.AdvanceTo(time.GetTimestamp());
        window.Add(10);
        var slot = window.Present;
        time.Advance(TimeSpan.FromSeconds(90));
        window.AdvanceTo(time.GetTimestamp());

        window.Correct(slot, -4);
        window.Sum.ShouldBe(0);
        window.Correct(slot, 5);
        window.Sum.ShouldBe(5);
    }
}
