using Wye.Access;
using Wye.Access.Limits;
using Wye.Hosting.Callers;

namespace Wye.Gateway.Endpoints;

/// <summary>Who is calling, as the outermost layers found it; a feature of the request.</summary>
internal sealed class CallerSession(AuthenticatedKey caller)
{
    public AuthenticatedKey Caller { get; } = caller;

    /// <summary>Its place among the requests of the key; null = the endpoint is free.</summary>
    public KeyLease? Lease { get; set; }

    /// <summary>The same for the runtime.</summary>
    public CallerAccess Access => new(Caller.Key!, Lease);
}
