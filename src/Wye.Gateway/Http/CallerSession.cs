using Wye.Access;
using Wye.Access.Limits;
using Wye.Hosting.Callers;

namespace Wye.Gateway.Http;

/// <summary>Who is calling, as the first layers found it; a feature of the request.</summary>
/// <param name="caller">The key, proven.</param>
/// <param name="isLimited">Whether the call counts against the limits of the key.</param>
/// <param name="time">By which the caller is told when they are free again.</param>
internal sealed class CallerSession(AuthenticatedKey caller, bool isLimited, TimeProvider time)
{
    public AuthenticatedKey Caller => caller;

    /// <summary>Whether the call counts against the limits of the key; each of its answers then says what is left.</summary>
    public bool IsLimited => isLimited;

    public TimeProvider Time => time;

    /// <summary>
    /// Its place among the requests of the key, given back when the call ends; null = the endpoint is free, or the call was not
    /// let in.
    /// </summary>
    public KeyLease? Lease { get; set; }

    /// <summary>The same for the runtime.</summary>
    public CallerAccess Access => new(caller.Key!, Lease);
}
