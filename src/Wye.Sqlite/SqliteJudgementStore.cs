using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite;

/// <summary>Judgements in the ledger's SQLite file, also while a gateway writes it. Thread-safe.</summary>
public sealed class SqliteJudgementStore : IJudgementStore, IAsyncDisposable
{
    private const string Columns =
        "request, at_us, key_id, model, score, comment, expected_basis, expected_position, expected_quality";

    private const string Select = $"SELECT {Columns} FROM judgements WHERE request = $request";

    private const string Replace =
        $"INSERT OR REPLACE INTO judgements ({Columns}) "
        + "VALUES ($request, $at, $key, $model, $score, $comment, $basis, $position, $quality)";

    private const string SelectExpected = $"SELECT {Columns} FROM judgements WHERE expected_basis IS NOT NULL";

    private const string Models = """
        SELECT model, count(*), sum(score), count(expected_basis) FROM judgements
        WHERE at_us >= $from AND at_us < $until GROUP BY 1 ORDER BY 1
        """;

    private readonly SqliteDatabase _database;

    private SqliteJudgementStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; makes or migrates it as needed.</summary>
    /// <exception cref="SqliteStoreException">It cannot be used.</exception>
    public static SqliteJudgementStore Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <inheritdoc/>
    public Task<Judgement?> PutAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return RunAsync(() => Put(judgement), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Judgement?> FindAsync(RequestId request, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                using var connection = _database.OpenReader();
                return Find(connection, request);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task VisitExpectedAsync(Action<Judgement> visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return RunAsync(
            () =>
            {
                using var connection = _database.OpenReader();
                using var command = connection.CreateCommand();
                command.CommandText = SelectExpected;
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    visit(Read(new RowReader(reader)));
                }

                return true;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JudgedModel>> ModelsAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        RunAsync<IReadOnlyList<JudgedModel>>(
            () =>
            {
                using var connection = _database.OpenReader();
                using var command = connection.CreateCommand();
                command.CommandText = Models;
                command.Parameters.AddWithValue("$from", Microseconds.From(from));
                command.Parameters.AddWithValue("$until", Microseconds.From(until));
                using var reader = command.ExecuteReader();
                var models = new List<JudgedModel>();
                while (reader.Read())
                {
                    var row = new RowReader(reader);
                    var (model, count, sum) = (row.Text(), row.Long(), row.Long());
                    models.Add(
                        new JudgedModel(
                            new ModelId(model),
                            count,
                            sum / (double)count / QualityExpectation.Whole,
                            row.Long()
                        )
                    );
                }

                return models;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    // The write lock is taken before the earlier one is read, so that of two at once the second replaces the first.
    private Judgement? Put(Judgement judgement)
    {
        using var connection = _database.OpenWriter();
        using var transaction = connection.BeginTransaction(deferred: false);
        var earlier = Find(connection, judgement.Request);
        using var command = connection.CreateCommand();
        command.CommandText = Replace;
        var bound = command.Parameters;
        bound.AddWithValue("$request", judgement.Request.Value);
        bound.AddWithValue("$at", Microseconds.From(judgement.At));
        bound.AddWithValue("$key", judgement.Key.Value);
        bound.AddWithValue("$model", judgement.Model.Value);
        bound.AddWithValue("$score", judgement.Score);
        bound.AddWithValue("$comment", (object?)judgement.Comment ?? DBNull.Value);
        bound.AddWithValue("$basis", (object?)judgement.Expected?.Basis ?? DBNull.Value);
        bound.AddWithValue(
            "$position",
            judgement.Expected is { Position: { Width: > 0 } position } ? position.Bytes.ToArray() : DBNull.Value
        );
        bound.AddWithValue("$quality", (object?)judgement.Expected?.Millionths ?? DBNull.Value);
        command.ExecuteNonQuery();
        transaction.Commit();
        return earlier;
    }

    private static Judgement? Find(SqliteConnection connection, RequestId request)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("$request", request.Value);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(new RowReader(reader)) : null;
    }

    // Initializers run in the order they are written, which is the order of the columns.
    private static Judgement Read(RowReader row)
    {
        var judgement = new Judgement
        {
            Request = new(row.Text()),
            At = Microseconds.Read(row.Long()),
            Key = new(row.Text()),
            Model = new(row.Text()),
            Score = (int)row.Long(),
            Comment = row.TextOrNull(),
        };
        return judgement with { Expected = row.Expectation(judgement.Model) };
    }

    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        _database.RunAsync(work, (what, cause) => new LedgerUnavailableException(what, cause), cancellationToken);
}
