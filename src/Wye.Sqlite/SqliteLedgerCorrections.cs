using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Corrections;
using Wye.Primitives;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>Corrections in the ledger's SQLite file, also while a gateway writes it. Thread-safe.</summary>
public sealed class SqliteLedgerCorrections : ILedgerCorrections, IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    private SqliteLedgerCorrections(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; migrates it as needed.</summary>
    /// <exception cref="SqliteStoreException">It cannot be used.</exception>
    public static SqliteLedgerCorrections Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <inheritdoc/>
    public Task AddAsync(Correction correction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(correction);
        return RunAsync(() => Add(correction), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Correction>> AllAsync(RequestId? request, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<Correction>>(
            () =>
            {
                using var connection = _database.OpenReader();
                return CorrectionRow.All(connection, request);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    private bool Add(Correction correction)
    {
        using var connection = _database.OpenWriter();
        try
        {
            CorrectionRow.Add(connection, correction);
            return true;
        }
        catch (SqliteException error) when (SqliteFault.IsRefusedRow(error))
        {
            throw new ArgumentException(
                $"Correction '{correction.Id}' cannot be recorded ({error.Message}).",
                nameof(correction),
                error
            );
        }
    }

    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        _database.RunAsync(work, (what, cause) => new LedgerUnavailableException(what, cause), cancellationToken);
}
