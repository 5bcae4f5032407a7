namespace Wye.Ledger;

/// <summary>The ledger's store cannot be written or read now; nothing was lost that was acknowledged.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Without details.</summary>
    public LedgerUnavailableException()
        : base("The ledger store is not available.") { }

    /// <summary>With what is wrong and how to mend it.</summary>
    public LedgerUnavailableException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
