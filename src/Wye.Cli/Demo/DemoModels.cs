using Wye.Catalog;

namespace Wye.Cli.Demo;

/// <summary>The model of each tier of <c>demo.yaml</c> that the demo compares with, at the catalog's prices.</summary>
internal static class DemoModels
{
    /// <summary>What all-cheapest means.</summary>
    public const string Small = "gpt-4o-mini";

    /// <summary>The middle.</summary>
    public const string Medium = "gpt-4o";

    /// <summary>What a team would use that uses one model for everything.</summary>
    public const string Large = "claude-opus-4-5";

    /// <summary>List price of a demo model.</summary>
    public static Price PriceOf(string model) =>
        BuiltInCatalog.FindModel(model)?.Price
        ?? throw new InvalidOperationException($"The catalog has no price for '{model}', which the demo plays.");
}
