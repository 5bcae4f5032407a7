using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>Inserts the rows of finished requests. Used by one thread at a time, inside a transaction.</summary>
internal sealed class LedgerInsert : IDisposable
{
    private const string Request = """
        INSERT INTO requests (id, at_us, key_id, route, requested_model, policy, step_kind, step, run, tier, model,
          deployment, why, query_length, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,
          reasoning_tokens, cache_write_hour_tokens, audio_input_tokens, image_input_tokens, audio_output_tokens,
          service_tier, estimated, cost_pusd, unpriced, strong, strong_cost_pusd, decision_us, first_token_ms,
          total_ms, attempts, stream, status, failure, compared, strong_low_pusd, strong_high_pusd, cheapest,
          cheapest_low_pusd, cheapest_cost_pusd, cheapest_high_pusd, previous_policy, previous, previous_low_pusd,
          previous_cost_pusd, previous_high_pusd, expected_basis, expected_position, expected_quality, call_after_us,
          call_first_token_ms, call_total_ms, call_price)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string Attempt = """
        INSERT INTO attempts (request, number, at_us, node, cause, model, deployment, input_tokens, cache_read_tokens,
          cache_write_tokens, output_tokens, reasoning_tokens, cache_write_hour_tokens, audio_input_tokens,
          image_input_tokens, audio_output_tokens, service_tier, estimated, cost_pusd, first_token_ms, total_ms, status,
          failure, price)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly sqlite3 _handle;
    private readonly RawStatement _request;
    private readonly RawStatement _attempt;
    private readonly RawStatement _price;
    private readonly RawStatement _totals;
    private readonly HashSet<string> _knownPrices = new(StringComparer.Ordinal);
    private Sums _sums;

    public LedgerInsert(SqliteConnection connection)
    {
        _handle = connection.Handle!;
        _request = new(_handle, Request);
        _attempt = new(_handle, Attempt);
        _price = new(_handle, "INSERT OR IGNORE INTO prices (version, facts, first_us) VALUES (?, ?, ?)");
        _totals = new(
            _handle,
            """
            UPDATE totals SET requests = requests + ?, attempts = attempts + ?, cost_high = cost_high + ?,
              cost_low = cost_low + ?, estimated = estimated + ?, unpriced = unpriced + ?
            """
        );
    }

    /// <summary>The rows of one request.</summary>
    public void Write(LedgerRecord record)
    {
        var only = OnlyCall.Of(record);
        Write(record.Request, only);
        var sequence = only is null ? raw.sqlite3_last_insert_rowid(_handle) : 0;
        _sums.Requests++;
        foreach (var attempt in record.Attempts)
        {
            if (attempt.Request != record.Request.Id)
            {
                throw new ArgumentException(
                    $"Attempt {attempt.Number} of request '{record.Request.Id}' names request '{attempt.Request}'.",
                    nameof(record)
                );
            }

            Keep(attempt.Price, attempt.At);
            _sums.Add(attempt);
            if (only is null)
            {
                Write(attempt, sequence);
            }
        }
    }

    /// <summary>Before the transaction is committed: adds what it wrote to the totals.</summary>
    public void AddToTotals()
    {
        if (_sums.Requests == 0)
        {
            return;
        }

        _totals
            .Bind(_sums.Requests)
            .Bind(_sums.Attempts)
            .Bind(_sums.CostHigh)
            .Bind(_sums.CostLow)
            .Bind(_sums.Estimated)
            .Bind(_sums.Unpriced)
            .Run();
        _sums = default;
    }

    /// <summary>Keeps the facts of a price, once.</summary>
    public void Keep(PriceFacts? price, DateTimeOffset at)
    {
        if (price is { Text.Length: > 0 } && _knownPrices.Add(price.Version))
        {
            _price.Bind(price.Version).Bind(price.Text).Bind(Microseconds.From(at)).Run();
        }
    }

    /// <summary>After a transaction that failed: what it kept may be gone.</summary>
    public void Reset()
    {
        _request.Reset();
        _attempt.Reset();
        _price.Reset();
        _totals.Reset();
        _knownPrices.Clear();
        _sums = default;
    }

    public void Dispose()
    {
        _request.Dispose();
        _attempt.Dispose();
        _price.Dispose();
        _totals.Dispose();
    }

    private static void Bind(RawStatement statement, Counterfactual? other) =>
        statement
            .Bind(other is not null)
            .Bind(other?.Strong?.Low.PicoDollars)
            .Bind(other?.Strong?.High.PicoDollars)
            .Bind(other?.CheapestModel?.Value)
            .Bind(other?.Cheapest?.Low.PicoDollars)
            .Bind(other?.Cheapest?.Expected.PicoDollars)
            .Bind(other?.Cheapest?.High.PicoDollars)
            .Bind(other?.PreviousPolicy)
            .Bind(other?.PreviousModel?.Value)
            .Bind(other?.Previous?.Low.PicoDollars)
            .Bind(other?.Previous?.Expected.PicoDollars)
            .Bind(other?.Previous?.High.PicoDollars);

    private void Write(RequestEntry entry, AttemptEntry? only)
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
        Bind(_request, entry.Counterfactual);
        _request.Bind(entry.Expected?.Basis);
        _request.BindBlob(entry.Expected is { } expected ? expected.Position.Bytes : default);
        _request
            .Bind((long?)entry.Expected?.Millionths)
            .Bind(only is null ? null : OnlyCall.After(entry, only))
            .Bind(only?.FirstTokenMilliseconds)
            .Bind(only?.TotalMilliseconds)
            .Bind(only?.Price?.Version);
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
            .Bind(entry.Failure?.ToString())
            .Bind(entry.Price?.Version);
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
            .Bind(usage.ReasoningTokens)
            .Bind(usage.CacheWriteHourTokens)
            .Bind(usage.AudioInputTokens)
            .Bind(usage.ImageInputTokens)
            .Bind(usage.AudioOutputTokens)
            .Bind(usage.ServiceTier == ServiceTier.Standard ? null : usage.ServiceTier.Name());

    /// <summary>What a transaction adds to the totals.</summary>
    private struct Sums
    {
        public long Requests;
        public long Attempts;
        public long CostHigh;
        public long CostLow;
        public long Estimated;
        public long Unpriced;

        public void Add(AttemptEntry attempt)
        {
            var cost = attempt.Cost?.PicoDollars ?? 0;
            Attempts++;
            CostHigh += cost >> 32;
            CostLow += cost & uint.MaxValue;
            Estimated += attempt.Estimated ? 1 : 0;
            Unpriced += attempt.Cost is null ? 1 : 0;
        }
    }
}
