namespace Wye.Primitives;

public sealed class DeadlineTests
{
    private readonly FixedClock _clock = new() { Now = 5_000_000_000 };

    [Fact]
    public void Remaining_ShrinksWithTheClockAndStopsAtZero()
    {
        var deadline = Deadline.In(TimeSpan.FromSeconds(2), _clock);

        deadline.Remaining(_clock).ShouldBe(TimeSpan.FromSeconds(2));
        _clock.Now += 1_500_000_000;
        deadline.Remaining(_clock).ShouldBe(TimeSpan.FromSeconds(0.5));
        _clock.Now += 500_000_000;
        deadline.Remaining(_clock).ShouldBe(TimeSpan.Zero);
        _clock.Now += 1;
        deadline.Remaining(_clock).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Never_HasAllTimeLeft() => Deadline.Never.Remaining(_clock).ShouldBe(TimeSpan.MaxValue);

    [Fact]
    public void In_AnInfiniteOrUncountableSpan_IsNever()
    {
        Deadline.In(Timeout.InfiniteTimeSpan, _clock).ShouldBe(Deadline.Never);
        Deadline.In(TimeSpan.MaxValue, _clock).ShouldBe(Deadline.Never);
    }

    [Fact]
    public void In_ANegativeSpan_HasPassed()
    {
        Deadline.In(TimeSpan.FromSeconds(-3), _clock).Remaining(_clock).ShouldBe(TimeSpan.Zero);
        Deadline.In(TimeSpan.MinValue, _clock).Remaining(_clock).ShouldBe(TimeSpan.Zero);
    }

    private sealed class FixedClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => Now;
    }
}
