using Microsoft.Extensions.AI;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Says what a request is, in options that any chat client takes.</summary>
public static class WyeChatOptionsExtensions
{
    /// <summary>Names the workflow step, and what it does where the caller knows.</summary>
    /// <param name="options">Changed and given back.</param>
    /// <param name="name">Name of the step.</param>
    /// <param name="kind">What it does; null = inferred from the prompt.</param>
    public static ChatOptions WithStep(this ChatOptions options, string name, StepKind? kind = null)
    {
        options.With(WyeHints.Step, name);
        return kind is { } known ? options.With(WyeHints.StepKind, known.Name()) : options;
    }

    /// <summary>Sets the least expected quality, 0..1.</summary>
    public static ChatOptions WithQuality(this ChatOptions options, double quality) =>
        options.With(WyeHints.Quality, quality);

    /// <summary>Sets the most that the request may cost, in US dollars above 0.</summary>
    public static ChatOptions WithMaxCost(this ChatOptions options, decimal dollars) =>
        options.With(WyeHints.MaxCost, dollars);

    private static ChatOptions With(this ChatOptions options, string key, object value)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[key] = value;
        return options;
    }
}
