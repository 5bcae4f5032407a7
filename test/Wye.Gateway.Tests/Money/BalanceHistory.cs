namespace Wye.Gateway.Money;

/// <summary>Replays every balance an account ever had, in the order of its commits.</summary>
internal static class BalanceHistory
{
    /// <summary>Most by which settled + reserved stood above the limit, in p$; 0 = never.</summary>
    public static long Overspent(IEnumerable<object[]> history, long limit) =>
        history.Select(row => (long)row[0] + (long)row[1] - limit).Append(0).Max();
}
