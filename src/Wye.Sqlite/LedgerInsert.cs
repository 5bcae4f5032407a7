using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite;

/// <summary>The writer's connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class LedgerInsert : IDisposable
{
    private const string Request = """
        INSERT INTO requests (id, at_us, key_id, route, requested_model, policy, step_kind, step, run, tier, model,
          deployment, why, query_length, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,
          reasoning_tokens, estimated, cost_pusd, unpriced, strong, strong_cost_pusd, decision_us, first_token_ms,
          total_ms, attempts, stream, status, failure)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string Attempt = """
        INSERT INTO attempts (request, number, at_us, node, cause, model, deployment, input_tokens, cache_read_tokens,
          cache_write_tokens, output_tokens, reasoning_tokens, estimated, cost_pusd, first_token_ms, total_ms, status,
          failure)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly RawStatement _begin;
    private readonly RawStatement _commit;
    private readonly RawStatement _rollback;
    private readonly RawStatement _request;
    private readonly RawStatement _attempt;

    public LedgerInsert(SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle!;
        _begin = new(_handle, "BEGIN IMMEDIATE");
        _commit = new(_handle, "COMMIT");
        _rollback = new(_handle, "ROLLBACK");
        _request = new(_handle, Request);
        _attempt = new(_handle, Attempt);
    }

    public SqliteConnection Connection => _connection;

    /// <summary>All of them in one transaction, or none.</summary>
    public void Write(ReadOnlySpan<LedgerRecord> records)
    {
        try
        {
            _begin.Run();
            foreach (var record in records)
            {
                Write(record);
            }

            _commit.Run();
        }
        catch
        {
            _request.Reset();
            _attempt.Reset();
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _request.Dispose();
        _attempt.Dispose();
        _connection.Dispose();
    }

    private void Write(LedgerRecord record)
    {
        Write(record.Request);
        var sequence = raw.sqlite3_last_insert_rowid(_handle);
        foreach (var attempt in record.Attempts)
        {
            if (attempt.Request != record.Request.Id)
            {
                throw new ArgumentException(
                    $"Attempt {attempt.Number} of request '{record.Request.Id}' names request '{attempt.Request}'.",
                    nameof(record)
                );
            }

            Write(attempt, sequence);
        }
    }

    private void Write(RequestEntry entry)
    {
        _request
            .Bind(entry.Id.Value)
            .Bind(Microseconds.From(entry.At))
            .Bind(entry.Key.Value)
            .Bind(entry.Route.Value)
            .Bind(entry.RequestedModel)
            .Bind(entry.Policy)
            .Bind(entry.StepKind.Name())
            .Bind(entry.Step)
            .Bind(entry.Run)
            .Bind(entry.Tier?.Value)
            .Bind(entry.Model?.Value)
            .Bind(entry.Deployment?.Value)
            .Bind(entry.Why)
            .Bind(entry.QueryLength);
        Bind(_request, entry.Usage)
            .Bind(entry.Estimated)
            .Bind(entry.Cost.PicoDollars)
            .Bind(entry.Unpriced)
            .Bind(entry.Strong?.Value)
            .Bind(entry.StrongCost?.PicoDollars)
            .Bind(entry.DecisionMicroseconds)
            .Bind(entry.FirstTokenMilliseconds)
            .Bind(entry.TotalMilliseconds)
            .Bind(entry.Attempts)
            .Bind(entry.Stream)
            .Bind(entry.Status)
            .Bind(entry.Failure?.ToString());
        Run(_request, entry.Id, "its id is already recorded or a required value is missing");
    }

    private void Write(AttemptEntry entry, long sequence)
    {
        _attempt
            .Bind(sequence)
            .Bind(entry.Number)
            .Bind(Microseconds.From(entry.At))
            .Bind(entry.Node)
            .Bind(entry.Cause)
            .Bind(entry.Model.Value)
            .Bind(entry.Deployment.Value);
        Bind(_attempt, entry.Usage)
            .Bind(entry.Estimated)
            .Bind(entry.Cost?.PicoDollars)
            .Bind(entry.FirstTokenMilliseconds)
            .Bind(entry.TotalMilliseconds)
            .Bind(entry.Status)
            .Bind(entry.Failure?.ToString());
        Run(_attempt, entry.Request, "an attempt repeats a number or misses a required value");
    }

    private static void Run(RawStatement statement, RequestId id, string reason)
    {
        try
        {
            statement.Run();
        }
        catch (SqliteException error) when (SqliteFault.IsRefusedRow(error))
        {
            throw new ArgumentException(
                $"Request '{id}' cannot be recorded: {reason} ({error.Message}).",
                nameof(id),
                error
            );
        }
    }

    private static RawStatement Bind(RawStatement statement, in Usage usage) =>
        statement
            .Bind(usage.InputTokens)
            .Bind(usage.CacheReadTokens)
            .Bind(usage.CacheWriteTokens)
            .Bind(usage.OutputTokens)
            .Bind(usage.ReasoningTokens);

    // SQLite ends the transaction itself after some errors (a full disk) and keeps it open after others.
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            _rollback.Run();
        }
    }
}
