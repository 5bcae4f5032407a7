using System.Net;
using Wye.Testing;

namespace Wye.Access;

public class FailedLoginsTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private readonly ManualTime _time = new();

    [Fact]
    public void Address_IsOverAfterItsBound_AndFreeAMinuteAfterTheFirst()
    {
        var failures = new FailedLogins(_time, new() { PerAddress = 3 });
        for (var i = 0; i < 3; i++)
        {
            failures.IsOver(One, out _).ShouldBeFalse();
            failures.Note(One);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        failures.IsOver(One, out var left).ShouldBeTrue();
        left.ShouldBe(TimeSpan.FromSeconds(57));
        failures.IsOver(IPAddress.Parse("192.0.2.2"), out _).ShouldBeFalse();
        _time.Advance(left);
        failures.IsOver(One, out _).ShouldBeFalse();
    }

    [Fact]
    public void AllTogether_AreOverAfterTheBoundInAll()
    {
        var failures = new FailedLogins(_time, new() { PerAddress = 30, InAll = 5 });
        for (byte i = 0; i < 5; i++)
        {
            failures.Note(new IPAddress([10, 0, 0, i]));
        }

        failures.IsOver(One, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Networks_CountAsOne(string one, string other, bool same) =>
        (FailedLogins.NetworkOf(IPAddress.Parse(one)) == FailedLogins.NetworkOf(IPAddress.Parse(other))).ShouldBe(same);

    [Fact]
    public void Addresses_AreRememberedToABound()
    {
        var failures = new FailedLogins(_time, new() { MaxAddresses = 10, InAll = 1_000 });
        for (var i = 0; i < 500; i++)
        {
            failures.Note(new IPAddress(i));
        }

        failures.Count.ShouldBe(10);
        _time.Advance(TimeSpan.FromSeconds(61));
        failures.Note(One);
        failures.Count.ShouldBe(1);
    }
}
