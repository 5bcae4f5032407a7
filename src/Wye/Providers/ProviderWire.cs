using Wye.Dialects;

namespace Wye.Providers;

/// <summary>One wire format of a deployment and the addresses it is spoken at.</summary>
/// <param name="Dialect">The format.</param>
/// <param name="Whole">Where whole answers are asked for.</param>
/// <param name="Stream">Where streams are asked for; most often the same.</param>
internal sealed record ProviderWire(IProviderDialect Dialect, Uri Whole, Uri Stream);
