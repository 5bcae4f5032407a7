namespace Wye.Providers;

/// <summary>Where an endpoint lies under a provider's base address.</summary>
/// <param name="Path">Segments parted by slashes, unescaped.</param>
/// <param name="Method">A method of the resource, which a colon parts from it; null = none.</param>
/// <param name="Query">More of a query; null = none.</param>
internal readonly record struct ProviderPath(string Path, string? Method = null, string? Query = null);
