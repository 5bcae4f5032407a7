using System.Net;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>Who is calling, after the key's secret was proven.</summary>
/// <param name="Id">Public id of the key.</param>
/// <param name="Role">What it may do.</param>
public readonly record struct AuthenticatedKey(KeyId Id, AccessRole Role)
{
    /// <summary>The key as it was when it was proven; null only in <c>default</c>.</summary>
    public VirtualKey? Key { get; init; }

    /// <summary>Its live counters; null only in <c>default</c>.</summary>
    internal KeyState? State { get; init; }

    /// <summary>Whether the key was lately proven from that address.</summary>
    public bool IsKnownFrom(IPAddress? address) => State?.Knows(FailedLogins.NetworkOf(address)) ?? false;

    /// <summary>Remembers that the key was proven from that address.</summary>
    public void Recognise(IPAddress? address) => State?.Recognise(FailedLogins.NetworkOf(address));
}
