using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Reads <see cref="WyeHints"/> out of chat options.</summary>
internal static class HintReader
{
    /// <summary>What the caller said.</summary>
    /// <exception cref="ArgumentException">A value cannot be read; the message names its key and what it takes.</exception>
    public static CallerHints Read(ChatOptions? options)
    {
        if (options is null)
        {
            return CallerHints.None;
        }

        var said = options.AdditionalProperties;
        return new CallerHints
        {
            Step = Text(said, WyeHints.Step),
            StepKind = Kind(said),
            Quality = Quality(said),
            MaxCost = MaxCost(said),
            Prefer = OneOf(said, WyeHints.Prefer, "cost", "quality", "speed"),
            Priority = Priority(said),
            Run = Text(said, WyeHints.Run),
            Session = Text(said, WyeHints.Session) ?? options.ConversationId,
            Tags = Tags(said),
        };
    }

    private static object? Value(AdditionalPropertiesDictionary? said, string key) =>
        said?.TryGetValue(key, out var value) == true ? value : null;

    private static string? Text(AdditionalPropertiesDictionary? said, string key) =>
        Value(said, key) switch
        {
            null => null,
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
            IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
            _ => throw Wrong(key, "a text"),
        };

    private static string? OneOf(AdditionalPropertiesDictionary? said, string key, params ReadOnlySpan<string> known)
    {
        if (Text(said, key) is not { } text)
        {
            return null;
        }

        foreach (var name in known)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        throw Wrong(key, "one of " + string.Join(", ", known));
    }

    private static StepKind? Kind(AdditionalPropertiesDictionary? said) =>
        Value(said, WyeHints.StepKind) is StepKind typed ? typed
        : Text(said, WyeHints.StepKind) is not { } name ? null
        : StepKinds.TryParse(name, out var kind) ? kind
        : throw Wrong(WyeHints.StepKind, "one of " + string.Join(", ", StepKinds.All.Select(each => each.Name())));

    private static Probability? Quality(AdditionalPropertiesDictionary? said) =>
        Value(said, WyeHints.Quality) is null ? null
        : Number(said, WyeHints.Quality) is { } quality and >= 0 and <= 1 ? new Probability((double)quality)
        : throw Wrong(WyeHints.Quality, "a number in 0..1, e.g. 0.85");

    private static Usd? MaxCost(AdditionalPropertiesDictionary? said) =>
        Value(said, WyeHints.MaxCost) is null ? null
        : Number(said, WyeHints.MaxCost) is { } dollars and > 0 and <= 1_000_000 ? Usd.FromDollars(dollars)
        : throw Wrong(WyeHints.MaxCost, "US dollars above 0, e.g. 0.05");

    private static decimal? Number(AdditionalPropertiesDictionary? said, string key) =>
        decimal.TryParse(
            Text(said, key) ?? Raw(Value(said, key)),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static string? Raw(object? value) => value is JsonElement json ? json.GetRawText() : null;

    private static CallerPriority Priority(AdditionalPropertiesDictionary? said) =>
        OneOf(said, WyeHints.Priority, "critical", "normal", "low") switch
        {
            "critical" => CallerPriority.Critical,
            "low" => CallerPriority.Low,
            _ => CallerPriority.Normal,
        };

    private static ImmutableArray<string> Tags(AdditionalPropertiesDictionary? said) =>
        Value(said, WyeHints.Tags) is IEnumerable<string> many
            ? [.. many]
            :
            [
                .. (Text(said, WyeHints.Tags) ?? "").Split(
                    ',',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                ),
            ];

    private static ArgumentException Wrong(string key, string expected) =>
        new($"The additional property '{key}' takes {expected}.", key);
}
