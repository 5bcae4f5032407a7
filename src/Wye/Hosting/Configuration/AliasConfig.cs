namespace Wye.Hosting.Configuration;

/// <summary>Another name, as written under <c>aliases</c>.</summary>
/// <param name="Name">What clients may ask for.</param>
/// <param name="Target">A model, a route or another alias.</param>
public sealed record AliasConfig(string Name, string Target);
