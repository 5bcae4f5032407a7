namespace Wye.Sqlite.Statements;

/// <summary>Times as they are stored: microseconds since 1970-01-01 UTC.</summary>
internal static class Microseconds
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks;

    public static long From(DateTimeOffset time) => (time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Read(long value) => new((value * TimeSpan.TicksPerMicrosecond) + Epoch, TimeSpan.Zero);
}
