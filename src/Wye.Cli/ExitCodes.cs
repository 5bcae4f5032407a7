namespace Wye.Cli;

/// <summary>What the program returns to its shell.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Tried and failed, or found something wrong.</summary>
    public const int Failed = 1;

    /// <summary>Not tried: the command line does not make sense.</summary>
    public const int Usage = 2;
}
