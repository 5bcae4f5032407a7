using Wye.Access;

namespace Wye.Gateway.Keys;

/// <summary>Roles as people write them.</summary>
internal static class RoleNames
{
    public const string All = "data_plane, viewer, admin";

    public static string Of(AccessRole role) =>
        role switch
        {
            AccessRole.Admin => "admin",
            AccessRole.Viewer => "viewer",
            _ => "data_plane",
        };

    public static AccessRole? Read(string? name) =>
        name switch
        {
            "admin" => AccessRole.Admin,
            "viewer" => AccessRole.Viewer,
            "data_plane" => AccessRole.DataPlane,
            _ => null,
        };
}
