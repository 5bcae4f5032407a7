using Microsoft.Data.Sqlite;
using Wye.Access;
using Wye.Primitives;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite;

/// <summary>Keys in a SQLite file, which may be the ledger's. Thread-safe.</summary>
public sealed class SqliteKeyStore : IKeyStore
{
    private const string SelectAll = $"SELECT {KeyRow.Columns} FROM keys ORDER BY seq";
    private const string SelectVersion = "SELECT version FROM key_version";
    private const string InsertOne = $"INSERT INTO keys ({KeyRow.Columns}) SELECT {KeyRow.Parameters}";
    private const string UnlessOneOfItsRole = " WHERE NOT EXISTS (SELECT 1 FROM keys WHERE role = $role)";
    private const string DeleteOne = "DELETE FROM keys WHERE id = $id";

    private const string ReplaceOne = $"""
        UPDATE keys SET ({KeyRow.Columns}) = ({KeyRow.Parameters})
        WHERE id = $id AND revision = $revision - 1
        """;

    private readonly SqliteDatabase _database;

    private SqliteKeyStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; makes or migrates it as needed. A new file is readable by its owner only.</summary>
    /// <exception cref="SqliteStoreException">
    /// It was written by a newer Wye, belongs to another program, is damaged or locked; or cannot be written, and has to be
    /// migrated or <see cref="SqliteOptions.MustBeWritable"/>.
    /// </exception>
    public static SqliteKeyStore Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <inheritdoc/>
    public Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken) =>
        RunAsync(ReadAll, cancellationToken);

    /// <inheritdoc/>
    public Task<long> VersionAsync(CancellationToken cancellationToken) => RunAsync(ReadVersion, cancellationToken);

    /// <inheritdoc/>
    public Task AddAsync(VirtualKey key, CancellationToken cancellationToken) =>
        RunAsync(() => Write(key, InsertOne), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken) =>
        RunAsync(() => Write(key, InsertOne + UnlessOneOfItsRole), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryReplaceAsync(VirtualKey key, CancellationToken cancellationToken) =>
        RunAsync(() => Write(key, ReplaceOne), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken) =>
        RunAsync(() => Delete(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        _database.RunAsync(work, (what, cause) => new AccessUnavailableException(what, cause), cancellationToken);

    private IReadOnlyList<VirtualKey> ReadAll()
    {
        using var connection = _database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = SelectAll;
        using var reader = command.ExecuteReader();
        var keys = new List<VirtualKey>();
        while (reader.Read())
        {
            keys.Add(KeyRow.Read(reader));
        }

        return keys;
    }

    private long ReadVersion()
    {
        using var connection = _database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = SelectVersion;
        return (long)command.ExecuteScalar()!;
    }

    private bool Write(VirtualKey key, string sql)
    {
        using var connection = _database.OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        KeyRow.Bind(command, key);
        try
        {
            return command.ExecuteNonQuery() > 0;
        }
        catch (SqliteException error) when (SqliteFault.IsRefusedRow(error))
        {
            throw new ArgumentException($"Key '{key.Id}' cannot be stored ({error.Message}).", nameof(key), error);
        }
    }

    private bool Delete(KeyId id)
    {
        using var connection = _database.OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = DeleteOne;
        command.Parameters.AddWithValue("$id", id.Value);
        return command.ExecuteNonQuery() > 0;
    }
}
