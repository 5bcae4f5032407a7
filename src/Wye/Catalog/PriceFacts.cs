namespace Wye.Catalog;

/// <summary>A price as it is kept beside what was counted with it: a later change never rewrites history.</summary>
/// <param name="Version">Hash of <paramref name="Text"/>.</param>
/// <param name="Text">Every figure of the price, in p$; empty where only the version is known.</param>
public sealed record PriceFacts(string Version, string Text);
