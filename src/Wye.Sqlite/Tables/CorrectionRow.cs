using System.Globalization;
using Microsoft.Data.Sqlite;
using Wye.Ledger.Corrections;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>A correction as a row of its table.</summary>
internal static class CorrectionRow
{
    private const string Columns =
        "id, at_us, request, call, day, call_day, key_id, route, tier, answered_by, model, deployment, cause, amount_pusd, "
        + "author, why, in_saved, in_cheapest, in_previous";

    private const string Insert =
        $"INSERT INTO corrections ({Columns}) VALUES ($id, $at, $request, $call, $day, $call_day, $key, $route, $tier, "
        + "$answered_by, $model, $deployment, $cause, $amount, $author, $why, $in_saved, $in_cheapest, $in_previous)";

    private const string Select =
        $"SELECT {Columns} FROM corrections WHERE $request IS NULL OR request = $request ORDER BY seq";

    private const string DayForm = "yyyy-MM-dd";

    public static void Add(SqliteConnection connection, Correction correction)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Insert;
        var bound = command.Parameters;
        bound.AddWithValue("$id", correction.Id);
        bound.AddWithValue("$at", Microseconds.From(correction.At));
        bound.AddWithValue("$request", (object?)correction.Request?.Value ?? DBNull.Value);
        bound.AddWithValue("$call", (object?)correction.Call ?? DBNull.Value);
        bound.AddWithValue("$day", Text(correction.Day));
        bound.AddWithValue("$call_day", Text(correction.CallDay));
        bound.AddWithValue("$key", correction.Key.Value);
        bound.AddWithValue("$route", correction.Route.Value);
        bound.AddWithValue("$tier", correction.Tier);
        bound.AddWithValue("$answered_by", correction.AnsweredBy);
        bound.AddWithValue("$model", correction.Model.Value);
        bound.AddWithValue("$deployment", correction.Deployment.Value);
        bound.AddWithValue("$cause", correction.Cause);
        bound.AddWithValue("$amount", correction.Amount.PicoDollars);
        bound.AddWithValue("$author", correction.By);
        bound.AddWithValue("$why", correction.Why);
        bound.AddWithValue("$in_saved", correction.InSaved);
        bound.AddWithValue("$in_cheapest", correction.InCheapest);
        bound.AddWithValue("$in_previous", correction.InPrevious);
        command.ExecuteNonQuery();
    }

    /// <summary>All, or those of one request; oldest first.</summary>
    public static List<Correction> All(SqliteConnection connection, RequestId? request)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("$request", (object?)request?.Value ?? DBNull.Value);
        using var reader = command.ExecuteReader();
        var rows = new List<Correction>();
        while (reader.Read())
        {
            rows.Add(Read(new RowReader(reader)));
        }

        return rows;
    }

    private static Correction Read(RowReader row) =>
        new()
        {
            Id = row.Text(),
            At = Microseconds.Read(row.Long()),
            Request = row.TextOrNull() is { } request ? new RequestId(request) : null,
            Call = (int?)row.LongOrNull(),
            Day = Day(row.Text()),
            CallDay = Day(row.Text()),
            Key = new(row.Text()),
            Route = new(row.Text()),
            Tier = row.Text(),
            AnsweredBy = row.Text(),
            Model = new(row.Text()),
            Deployment = new(row.Text()),
            Cause = row.Text(),
            Amount = new(row.Long()),
            By = row.Text(),
            Why = row.Text(),
            InSaved = row.Flag(),
            InCheapest = row.Flag(),
            InPrevious = row.Flag(),
        };

    private static string Text(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, DayForm, CultureInfo.InvariantCulture);
}
