using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;

namespace Wye.Hosting.Configuration.Defaults;

/// <summary>A model that a local Ollama has, with the tier its size suggests.</summary>
internal sealed record LocalModel(ModelConfig Config, string Tier)
{
    private const double SmallBillions = 14;
    private const double MediumBillions = 80;
    private const string Latest = ":latest";

    /// <summary>From its name in Ollama; null when it is no chat model or cannot be named.</summary>
    public static LocalModel? From(string name)
    {
        if (
            name.Length is 0 or > ConfigDefaults.MaxNameLength
            || name.Any(c => c is <= ' ' or > '~')
            || name.Contains("embed", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var bare = name.EndsWith(Latest, StringComparison.Ordinal) ? name[..^Latest.Length] : name;
        ImmutableArray<DeploymentConfig> here = [new DeploymentConfig { Provider = "ollama", Upstream = name }];
        return BuiltInCatalog.FindModel(bare) is { } facts
            ? new LocalModel(
                new ModelConfig
                {
                    Name = bare,
                    Deployments = here,
                    Price = PriceConfig.Free,
                },
                facts.Tier.Value
            )
            : new LocalModel(
                new ModelConfig
                {
                    Name = bare,
                    Deployments = here,
                    Price = PriceConfig.Free,
                    Context = DefaultConfig.UnknownLocalContext,
                    MaxOutput = DefaultConfig.UnknownLocalContext,
                },
                TierOf(bare)
            );
    }

    /// <summary>By the parameters in the tag, e.g. <c>qwen3:32b</c>; small when it says none.</summary>
    private static string TierOf(string name)
    {
        var tag = name[(name.LastIndexOf(':') + 1)..];
        var digits = tag.AsSpan(0, tag.AsSpan().IndexOfAnyExcept("0123456789.") is var end and >= 0 ? end : 0);
        return
            digits.Length > 0
            && tag.AsSpan(digits.Length).StartsWith("b", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var billions)
            ? billions <= SmallBillions
                ? "small"
                : billions <= MediumBillions
                    ? "medium"
                    : "large"
            : "small";
    }
}
