using System.Globalization;

namespace Wye.Ledger.Budgets;

public sealed class BudgetCalendarTests
{
    [Theory]
    // A plain month, its last and its first moment, a leap day, the end of the year.
    [InlineData("Month", "UTC", "2026-01-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("Month", "UTC", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("Month", "UTC", "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData("Month", "UTC", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    // Berlin is ahead: its month begins while UTC has the last evening, in summer two hours before.
    [InlineData("Month", "Europe/Berlin", "2026-03-31T22:30:00Z", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z")]
    [InlineData("Month", "Europe/Berlin", "2026-11-01T00:00:00Z", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z")]
    // Days of 23 and 25 hours.
    [InlineData("Day", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("Day", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    // Clocks go forward at midnight: the day begins at one. Clocks go back at midnight: it begins once.
    [InlineData("Day", "Asia/Beirut", "2026-03-29T00:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("Day", "America/Havana", "2026-11-01T04:30:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("Day", "America/Havana", "2026-11-01T05:30:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    // Weeks begin on Monday, in the zone.
    [InlineData("Week", "UTC", "2026-11-29T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("Week", "Pacific/Auckland", "2026-11-29T11:00:00Z", "2026-11-29T11:00:00Z", "2026-12-06T11:00:00Z")]
    // Hours of zones off by 30 and 45 minutes, and an hour that the clock shows twice.
    [InlineData("Hour", "Asia/Kolkata", "2026-06-01T10:10:00Z", "2026-06-01T09:30:00Z", "2026-06-01T10:30:00Z")]
    [InlineData("Hour", "Asia/Kathmandu", "2026-06-01T10:20:00Z", "2026-06-01T10:15:00Z", "2026-06-01T11:15:00Z")]
    [InlineData("Hour", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Hour", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z")]
    public void At_GivesTheWindowInItsZone(string window, string zone, string moment, string start, string end)
    {
        var period = BudgetCalendar.At(
            Enum.Parse<BudgetWindow>(window),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            Time(moment)
        );

        period.ShouldBe(new BudgetPeriod(Time(start), Time(end)));
    }

    [Theory]
    [InlineData("Hour")]
    [InlineData("Day")]
    [InlineData("Week")]
    [InlineData("Month")]
    public void Windows_FollowEachOtherAndNeverComeBack(string name)
    {
        var window = Enum.Parse<BudgetWindow>(name);
        string[] zones =
        [
            "UTC",
            "Europe/Berlin",
            "America/Havana",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "Pacific/Apia",
            "Asia/Kathmandu",
        ];
        foreach (var zone in zones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            ShouldFollow(window, zone, "2026-03-06T00:00:00Z", "2026-04-07T00:00:00Z");
            ShouldFollow(window, zone, "2026-10-02T00:00:00Z", "2026-11-04T00:00:00Z");
            ShouldFollow(window, zone, "2026-12-30T00:00:00Z", "2027-01-02T00:00:00Z");
        }
    }

    private static void ShouldFollow(BudgetWindow window, TimeZoneInfo zone, string from, string until)
    {
        var last = BudgetCalendar.At(window, zone, Time(from));
        for (var at = last.Start; at < Time(until); at = at.AddMinutes(30))
        {
            var period = BudgetCalendar.At(window, zone, at);
            period.Contains(at).ShouldBeTrue($"{zone.Id} {at:O}");
            if (period != last)
            {
                period.Start.ShouldBeGreaterThan(last.Start, $"{zone.Id} {at:O}");
                period.Start.ShouldBe(at, $"{zone.Id} {at:O}");
            }

            last = period;
        }
    }

    [Fact]
    public void At_Total_IsOneWindowForEver()
    {
        var period = BudgetCalendar.At(BudgetWindow.Total, TimeZoneInfo.Utc, Time("2026-01-01T00:00:00Z"));

        period.ShouldBe(new BudgetPeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
