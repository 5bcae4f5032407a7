namespace Wye.Access;

/// <summary>What a key may do. The names are persisted: never rename one. Rights are looked up, never compared by order.</summary>
public enum AccessRole
{
    /// <summary>Sends requests to models; never reaches administration.</summary>
    DataPlane,

    /// <summary>Reads what administration shows (ledger, metrics, keys without their secrets); calls no model, changes nothing.</summary>
    Viewer,

    /// <summary>Everything.</summary>
    Admin,
}
