namespace Wye.Access;

/// <summary>The one table of what each role may do.</summary>
public static class RoleRights
{
    /// <summary>Rights of a role; a role that is not known has none.</summary>
    public static AccessRights Of(AccessRole role) =>
        role switch
        {
            AccessRole.DataPlane => AccessRights.CallModels,
            AccessRole.Viewer => AccessRights.ReadAdmin,
            AccessRole.Admin => AccessRights.CallModels | AccessRights.ReadAdmin | AccessRights.Administer,
            _ => AccessRights.None,
        };

    /// <summary>Whether a role has every one of the rights.</summary>
    public static bool Has(AccessRole role, AccessRights rights) => (Of(role) & rights) == rights;
}
