namespace Wye.Access;

/// <summary>Keys cannot be read, written or verified now.</summary>
public sealed class AccessUnavailableException : Exception
{
    /// <summary>Without details.</summary>
    public AccessUnavailableException()
        : base("The key store is not available.") { }

    /// <summary>With what is wrong and how to mend it.</summary>
    public AccessUnavailableException(string message)
        : base(message) { }

    /// <summary>With what is wrong and its cause.</summary>
    public AccessUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
