using Wye.Access;
using Wye.Dialects;

namespace Wye.Gateway.Endpoints;

/// <summary>On every endpoint: who may call it, and in which dialect it answers errors. Without it an endpoint is closed.</summary>
/// <param name="Role">The least role; null = open to anyone (health only).</param>
/// <param name="Dialect">Dialect of its error envelopes.</param>
internal sealed record RequiredAccess(AccessRole? Role, ICallerDialect Dialect);
