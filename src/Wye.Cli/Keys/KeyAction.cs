namespace Wye.Cli.Keys;

/// <summary>What can be done with keys.</summary>
internal enum KeyAction
{
    /// <summary>All keys.</summary>
    List,

    /// <summary>One key.</summary>
    Show,

    /// <summary>A new key.</summary>
    Create,

    /// <summary>Other bounds.</summary>
    Update,

    /// <summary>Refused until unblocked.</summary>
    Block,

    /// <summary>Let in again.</summary>
    Unblock,

    /// <summary>A new secret.</summary>
    Rotate,

    /// <summary>Gone for good.</summary>
    Delete,
}
