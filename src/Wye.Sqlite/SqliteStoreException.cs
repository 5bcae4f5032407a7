namespace Wye.Sqlite;

/// <summary>A database file cannot be used; the message is one line that names the file and the way out.</summary>
public sealed class SqliteStoreException : Exception
{
    /// <summary>Without details.</summary>
    public SqliteStoreException()
        : base("The database cannot be used.") { }

    /// <summary>With what is wrong and how to mend it.</summary>
    public SqliteStoreException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public SqliteStoreException(string message, Exception innerException)
        : base(message, innerException) { }
}
