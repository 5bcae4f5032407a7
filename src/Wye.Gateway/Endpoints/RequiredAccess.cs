using Wye.Access;
using Wye.Dialects;

namespace Wye.Gateway.Endpoints;

/// <summary>On every endpoint: who may call it, and in which dialect it answers errors. Without it an endpoint is closed.</summary>
/// <param name="Rights">What the key's role must allow; null = open to anyone (health only).</param>
/// <param name="Dialect">Dialect of its error envelopes; null = the caller's, see <see cref="CallerDialects"/>.</param>
/// <param name="Limited">Whether calls count against the limits of the key; false for what calls no model.</param>
internal sealed record RequiredAccess(AccessRights? Rights, ICallerDialect? Dialect, bool Limited = false)
{
    /// <summary>An endpoint that serves model calls: counts against the key's limits.</summary>
    public static RequiredAccess Calls(ICallerDialect? dialect) => new(AccessRights.CallModels, dialect, Limited: true);

    /// <summary>An endpoint for callers of models that is free to call.</summary>
    public static RequiredAccess Free(ICallerDialect? dialect) => new(AccessRights.CallModels, dialect);

    /// <summary>An endpoint that shows administration.</summary>
    public static RequiredAccess Reads(ICallerDialect dialect) => new(AccessRights.ReadAdmin, dialect);

    /// <summary>An endpoint that changes what is in force.</summary>
    public static RequiredAccess Administers(ICallerDialect dialect) => new(AccessRights.Administer, dialect);

    /// <summary>An endpoint open to anyone.</summary>
    public static RequiredAccess Open(ICallerDialect dialect) => new(null, dialect);
}
