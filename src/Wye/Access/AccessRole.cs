namespace Wye.Access;

/// <summary>What a key may do. The names are persisted: never rename one.</summary>
public enum AccessRole
{
    /// <summary>Sends requests to models; never reaches administration.</summary>
    DataPlane,

    /// <summary>Everything.</summary>
    Admin,
}
