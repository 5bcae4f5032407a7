namespace Wye.Dialects.Errors;

/// <summary>How long a provider asks to be left alone, as far as it is believed.</summary>
internal static class StatedWait
{
    /// <summary>Longest wait that is believed: 1 h. A longer one is cut to it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A wait of so many seconds, 0 or more, cut to <see cref="Longest"/>.</summary>
    public static TimeSpan Of(double seconds) =>
        seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
}
