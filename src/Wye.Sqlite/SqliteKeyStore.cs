using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Wye.Access;

namespace Wye.Sqlite;

/// <summary>Keys in a SQLite file, which may be the ledger's. Thread-safe.</summary>
public sealed class SqliteKeyStore : IKeyStore
{
    private const string SelectAll = "SELECT id, role, hash, pepper_mark, created_us FROM keys ORDER BY seq";

    private const string InsertOne = """
        INSERT INTO keys (id, role, hash, pepper_mark, created_us)
        SELECT $id, $role, $hash, $mark, $created
        """;

    private const string UnlessOneOfItsRole = " WHERE NOT EXISTS (SELECT 1 FROM keys WHERE role = $role)";

    private readonly SqliteDatabase _database;

    private SqliteKeyStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; makes or migrates it as needed. A new file is readable by its owner only.</summary>
    /// <exception cref="SqliteStoreException">
    /// It was written by a newer Wye, belongs to another program, is damaged, locked, or cannot be written.
    /// </exception>
    public static SqliteKeyStore Open(SqliteOptions options) => new(SqliteDatabase.Open(options));

    /// <inheritdoc/>
    public Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken) =>
        RunAsync(ReadAll, cancellationToken);

    /// <inheritdoc/>
    public Task AddAsync(VirtualKey key, CancellationToken cancellationToken) =>
        RunAsync(() => Insert(key, InsertOne), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken) =>
        RunAsync(() => Insert(key, InsertOne + UnlessOneOfItsRole), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.ClearReaders();
        return ValueTask.CompletedTask;
    }

    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                try
                {
                    return work();
                }
                catch (SqliteException error)
                {
                    throw new AccessUnavailableException(SqliteFault.Describe(_database.Path, error), error);
                }
            },
            cancellationToken
        );

    private IReadOnlyList<VirtualKey> ReadAll()
    {
        using var connection = _database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = SelectAll;
        using var reader = command.ExecuteReader();
        var keys = new List<VirtualKey>();
        while (reader.Read())
        {
            var row = new RowReader(reader);
            keys.Add(
                new VirtualKey
                {
                    Id = new(row.Text()),
                    Role = ReadRole(row.Text()),
                    Hash = ImmutableArray.Create(row.Bytes()),
                    PepperMark = row.Text(),
                    CreatedAt = Microseconds.Read(row.Long()),
                }
            );
        }

        return keys;
    }

    // An unknown role gets the least rights, never the most.
    private static AccessRole ReadRole(string name) =>
        Enum.TryParse<AccessRole>(name, out var role) ? role : AccessRole.DataPlane;

    private bool Insert(VirtualKey key, string sql)
    {
        using var connection = _database.OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", key.Id.Value);
        command.Parameters.AddWithValue("$role", key.Role.ToString());
        command.Parameters.AddWithValue("$hash", key.Hash.ToArray());
        command.Parameters.AddWithValue("$mark", key.PepperMark);
        command.Parameters.AddWithValue("$created", Microseconds.From(key.CreatedAt));
        try
        {
            return command.ExecuteNonQuery() == 1;
        }
        catch (SqliteException error) when (SqliteFault.IsRefusedRow(error))
        {
            throw new ArgumentException($"Key '{key.Id}' cannot be stored ({error.Message}).", nameof(key), error);
        }
    }
}
