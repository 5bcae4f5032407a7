using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Wye.Sqlite.Statements;

/// <summary>A prepared statement that is bound by position and reused: no parameter objects, no allocation per row.</summary>
/// <remarks>
/// SQLite keeps what is bound when a statement is reset, and most columns of a ledger row say what the row before said: a value
/// that is bound already is not bound again.
/// </remarks>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly nint _native;
    private readonly Bound[] _bound;
    private byte[] _utf8 = new byte[1024];
    private int _position;

    public RawStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        var result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        if (result != raw.SQLITE_OK)
        {
            throw Error(result);
        }

        _native = _statement.DangerousGetHandle();

        // Nothing is bound yet, which SQLite reads as NULL.
        _bound = new Bound[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>Binds the next parameter.</summary>
    public RawStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        if (!IsNew(new Bound(Kind.Text, 0, value)))
        {
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _utf8.Length)
        {
            _utf8 = new byte[most];
        }

        var length = Encoding.UTF8.GetBytes(value, _utf8);
        return Checked(NativeStatement.BindText(_native, _position, _utf8.AsSpan(0, length)));
    }

    /// <summary>Binds text that differs from row to row to the next parameter.</summary>
    public RawStatement Bind(ReadOnlySpan<byte> utf8)
    {
        _bound[_position++] = new Bound(Kind.Unknown, 0, Text: null);
        return Checked(NativeStatement.BindText(_native, _position, utf8));
    }

    /// <summary>Binds bytes that differ from row to row to the next parameter; none = NULL.</summary>
    public RawStatement BindBlob(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return BindNull();
        }

        _bound[_position++] = new Bound(Kind.Unknown, 0, Text: null);
        return Checked(NativeStatement.BindBlob(_native, _position, bytes));
    }

    /// <summary>Binds the next parameter.</summary>
    public RawStatement Bind(long value) =>
        IsNew(new Bound(Kind.Integer, value, Text: null))
            ? Checked(NativeStatement.BindInteger(_native, _position, value))
            : this;

    /// <summary>Binds the next parameter.</summary>
    public RawStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    /// <summary>Binds the next parameter.</summary>
    public RawStatement Bind(bool value) => Bind(value ? 1L : 0L);

    /// <summary>Binds the next parameter.</summary>
    /// <exception cref="ArgumentException">Not a number: SQLite would silently store NULL.</exception>
    public RawStatement Bind(double value) =>
        double.IsNaN(value) ? throw new ArgumentException("A value is not a number.", nameof(value))
        : IsNew(new Bound(Kind.Real, BitConverter.DoubleToInt64Bits(value), Text: null))
            ? Checked(NativeStatement.BindReal(_native, _position, value))
        : this;

    /// <summary>Binds the next parameter.</summary>
    public RawStatement Bind(double? value) => value is { } number ? Bind(number) : BindNull();

    /// <summary>Runs a statement that gives no rows; ready for the next binding afterwards.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        var error = result == raw.SQLITE_DONE ? null : Error(result);
        Reset();
        if (error is not null)
        {
            throw error;
        }
    }

    /// <summary>Moves to the next row; false = there is none, and the statement is ready for the next binding.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        var error = result == raw.SQLITE_DONE ? null : Error(result);
        Reset();
        return error is null ? false : throw error;
    }

    /// <summary>Runs a statement; false when another program holds the lock it needs.</summary>
    public bool TryRun()
    {
        var result = raw.sqlite3_step(_statement);
        var error = result is raw.SQLITE_DONE or raw.SQLITE_BUSY ? null : Error(result);
        Reset();
        return error is null ? result == raw.SQLITE_DONE : throw error;
    }

    /// <summary>A column of the present row, from 0.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A column of the present row; null stays null.</summary>
    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    /// <summary>A column of the present row.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A column of the present row; null stays null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Forgets what is bound so far.</summary>
    public void Reset()
    {
        // Repeats the error of the last step, which was reported there.
        _ = raw.sqlite3_reset(_statement);
        _position = 0;
    }

    public void Dispose() => _statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private RawStatement BindNull() => IsNew(default) ? Checked(NativeStatement.BindNull(_native, _position)) : this;

    /// <summary>Moves on to the next parameter; false = it holds that value already.</summary>
    private bool IsNew(in Bound value)
    {
        ref var bound = ref _bound[_position++];
        if (bound == value)
        {
            return false;
        }

        bound = value;
        return true;
    }

    private RawStatement Checked(int result)
    {
        if (result == raw.SQLITE_OK)
        {
            return this;
        }

        // What the parameter holds now is not known; no value is like this one, so the next one is bound.
        _bound[_position - 1] = new Bound(Kind.Unknown, 0, Text: null);
        throw Error(result);
    }

    private SqliteException Error(int result) =>
        new(raw.sqlite3_errmsg(_connection).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(_connection));

    private enum Kind : byte
    {
        Null,
        Integer,
        Real,
        Text,
        Unknown,
    }

    private readonly record struct Bound(Kind Kind, long Bits, string? Text)
    {
        public bool Equals(Bound other) =>
            Kind == other.Kind
            && Bits == other.Bits
            && Kind != Kind.Unknown
            && string.Equals(Text, other.Text, StringComparison.Ordinal);

        public override int GetHashCode() => HashCode.Combine(Kind, Bits, Text);
    }
}
