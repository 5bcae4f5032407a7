namespace Wye.Access;

/// <summary>What an endpoint asks for; a role has a set of them.</summary>
[Flags]
public enum AccessRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send requests to models.</summary>
    CallModels = 1,

    /// <summary>Read administration: ledger, metrics, configuration state, keys.</summary>
    ReadAdmin = 2,

    /// <summary>Change what is in force: keys, configuration.</summary>
    Administer = 4,
}
