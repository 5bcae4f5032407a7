namespace Wye.Sqlite.Tables;

/// <summary>
/// The one way in which rows become sums of a day: reports ask it of the rows that are there, retention of those it deletes, so that
/// a report is the same before and after.
/// </summary>
internal static class DailySums
{
    /// <summary>Columns of a day's requests, after day, key, route, tier and model.</summary>
    public const string RequestColumns =
        "requests, failed, estimated, unpriced, cost, saved, saved_low, saved_high, incomparable, cheapest, paid_cheapest, "
        + "previous, previous_low, previous_high, paid_previous";

    /// <summary>Columns of a day's calls, after day, model, deployment and cause.</summary>
    public const string CallColumns = "calls, prompt_tokens, output_tokens, estimated, unpriced, cost";

    // A sum of 64-bit integers may overflow; groups of a day hold less than 9.2 million USD, and SQLite fails loudly beyond.
    private const string Requests = """
        SELECT date(at_us / 1000000, 'unixepoch') AS day, key_id, route, coalesce(tier, '') AS tier, coalesce(model, '') AS model,
          count(*) AS requests, count(failure) AS failed, sum(estimated) AS estimated, sum(unpriced) AS unpriced,
          sum(cost_pusd) AS cost,
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN strong_cost_pusd - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0) AS saved,
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN coalesce(strong_low_pusd, strong_cost_pusd) - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0) AS saved_low,
          coalesce(sum(CASE WHEN strong_cost_pusd IS NOT NULL THEN coalesce(strong_high_pusd, strong_cost_pusd) - cost_pusd
            WHEN failure IS NOT NULL THEN -cost_pusd END), 0) AS saved_high,
          sum(failure IS NULL AND strong_cost_pusd IS NULL) AS incomparable,
          coalesce(sum(cheapest_cost_pusd), 0) AS cheapest,
          coalesce(sum(CASE WHEN cheapest_cost_pusd IS NOT NULL THEN cost_pusd END), 0) AS paid_cheapest,
          coalesce(sum(previous_cost_pusd), 0) AS previous, coalesce(sum(previous_low_pusd), 0) AS previous_low,
          coalesce(sum(previous_high_pusd), 0) AS previous_high,
          coalesce(sum(CASE WHEN previous_cost_pusd IS NOT NULL THEN cost_pusd END), 0) AS paid_previous
        FROM requests
        """;

    private const string Calls = """
        SELECT date(at_us / 1000000, 'unixepoch') AS day, model, deployment, cause, count(*) AS calls,
          sum(input_tokens + cache_read_tokens + cache_write_tokens + cache_write_hour_tokens + audio_input_tokens
            + image_input_tokens) AS prompt_tokens,
          sum(output_tokens) AS output_tokens, sum(estimated) AS estimated, count(*) - count(cost_pusd) AS unpriced,
          coalesce(sum(cost_pusd), 0) AS cost
        """;

    /// <summary>Sums over requests that a condition names.</summary>
    public static string OfRequests(string condition) => $"{Requests} WHERE {condition} GROUP BY 1, 2, 3, 4, 5";

    /// <summary>Sums over calls that a condition names.</summary>
    /// <param name="table">
    /// <c>attempts</c> or <c>only_calls</c>. Of both at once, the view <c>calls</c>, SQLite would read all to sum some.
    /// </param>
    /// <param name="condition">On its columns.</param>
    public static string OfCalls(string table, string condition) =>
        $"{Calls} FROM {table} WHERE {condition} GROUP BY 1, 2, 3, 4";

    /// <summary><c>a = a + excluded.a, …</c>: adds a row to the one that is there.</summary>
    public static string Add(string columns) =>
        string.Join(", ", columns.Split(", ").Select(column => $"{column} = {column} + excluded.{column}"));

    /// <summary><c>sum(a), …</c>.</summary>
    public static string Sum(string columns) =>
        string.Join(", ", columns.Split(", ").Select(column => $"sum({column})"));
}
