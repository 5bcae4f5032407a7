namespace Wye.Ledger.Budgets;

/// <summary>Finds the window a moment lies in. Windows of one kind and zone follow each other without gap or overlap.</summary>
public static class BudgetCalendar
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    // By kind: the window asked for last. Windows do not overlap, so one that holds the moment is the one.
    [ThreadStatic]
    private static Kept[]? _kept;

    /// <summary>The window of that kind, in that zone, that holds <paramref name="moment"/>.</summary>
    public static BudgetPeriod At(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return window switch
        {
            BudgetWindow.Total => new(DateTimeOffset.UnixEpoch, Never),
            BudgetWindow.Hour => Hour(zone, moment),
            _ => DaysKept(window, zone, moment),
        };
    }

    private static BudgetPeriod DaysKept(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var all = _kept ??= new Kept[(int)BudgetWindow.Total];
        ref var kept = ref all[(int)window];
        if (!ReferenceEquals(kept.Zone, zone) || !kept.Period.Contains(moment))
        {
            kept = new Kept(zone, Days(window, zone, moment));
        }

        return kept.Period;
    }

    // Hours of the zone's standard time: none is cut or doubled where clocks move by half an hour.
    private static BudgetPeriod Hour(TimeZoneInfo zone, DateTimeOffset moment)
    {
        var start = moment.UtcTicks - ((moment.UtcTicks + zone.BaseUtcOffset.Ticks) % TimeSpan.TicksPerHour);
        return new(new(start, TimeSpan.Zero), new(start + TimeSpan.TicksPerHour, TimeSpan.Zero));
    }

    private static BudgetPeriod Days(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        var first = First(window, day);
        var period = new BudgetPeriod(Midnight(zone, first), Midnight(zone, Next(window, first)));

        // Where clocks go back over midnight a local day begins twice; the second beginning is not a new window.
        return moment >= period.End ? new(period.End, Midnight(zone, Next(window, Next(window, first))))
            : moment < period.Start ? new(Midnight(zone, Previous(window, first)), period.Start)
            : period;
    }

    private static DateOnly First(BudgetWindow window, DateOnly day) =>
        window switch
        {
            BudgetWindow.Month => new(day.Year, day.Month, 1),
            BudgetWindow.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            _ => day,
        };

    private static DateOnly Next(BudgetWindow window, DateOnly first) => Step(window, first, 1);

    private static DateOnly Previous(BudgetWindow window, DateOnly first) => Step(window, first, -1);

    private static DateOnly Step(BudgetWindow window, DateOnly first, int steps) =>
        window switch
        {
            BudgetWindow.Month => first.AddMonths(steps),
            BudgetWindow.Week => first.AddDays(7 * steps),
            _ => first.AddDays(steps),
        };

    /// <summary>The first moment of a local day.</summary>
    private static DateTimeOffset Midnight(TimeZoneInfo zone, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            // Clocks go forward over midnight: the day begins where they land.
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new(local.Ticks - offset.Ticks, TimeSpan.Zero);
    }

    private readonly record struct Kept(TimeZoneInfo? Zone, BudgetPeriod Period);
}
