using Wye.Primitives;

namespace Wye.Access;

/// <summary>Who is calling, after the key's secret was proven.</summary>
/// <param name="Id">Public id of the key.</param>
/// <param name="Role">What it may do.</param>
public readonly record struct AuthenticatedKey(KeyId Id, AccessRole Role);
