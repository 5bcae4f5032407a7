using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>Reads the <c>x-wye-*</c> request headers into <see cref="CallerHints"/>.</summary>
internal static class HintHeaders
{
    private const int MaxTextLength = 256;
    private const int MaxTags = 32;
    private const string Betas = "anthropic-beta";
    private static readonly SearchValues<char> BetaCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_., "
    );

    private static readonly HashSet<string> Preferences = new(StringComparer.OrdinalIgnoreCase)
    {
        "cost",
        "quality",
        "speed",
    };

    /// <summary>False when a header cannot be read; the error names the header and what it takes.</summary>
    public static bool TryRead(IHeaderDictionary headers, out CallerHints hints, out ChatError? error)
    {
        error = null;
        hints = CallerHints.None;
        foreach (var (name, values) in headers)
        {
            if (string.Equals(name, Betas, StringComparison.OrdinalIgnoreCase))
            {
                if (!TryReadBetas(values, ref hints))
                {
                    error = Wrong(name, $"at most {MaxTextLength} letters, digits, '-', '_', '.' and commas");
                    return false;
                }

                continue;
            }

            if (!name.StartsWith("x-wye-", StringComparison.OrdinalIgnoreCase) || values.Count == 0)
            {
                continue;
            }

            if (values.Count > 1)
            {
                error = Wrong(name, $"one value, not {values.Count}");
                return false;
            }

            var value = values[0]?.Trim() ?? "";
            if (value.Length > MaxTextLength)
            {
                error = Wrong(name, $"at most {MaxTextLength} characters");
                return false;
            }

            if (Apply(name.ToLowerInvariant(), value, ref hints) is { } expected)
            {
                error = Wrong(name, expected);
                return false;
            }
        }

        return true;
    }

    private static string? Apply(string name, string value, ref CallerHints hints)
    {
        switch (name)
        {
            case "x-wye-quality":
                if (!TryNumber(value, out var quality) || quality is < 0 or > 1)
                {
                    return "a number in 0..1, e.g. 0.85";
                }

                hints = hints with { Quality = new Probability((double)quality) };
                return null;
            case "x-wye-max-cost":
                if (!TryNumber(value, out var dollars) || dollars is <= 0 or > 1_000_000)
                {
                    return "US dollars above 0, e.g. 0.05";
                }

                hints = hints with { MaxCost = Usd.FromDollars(dollars) };
                return null;
            case "x-wye-prefer":
                if (!Preferences.Contains(value))
                {
                    return "cost, quality or speed";
                }

                hints = hints with { Prefer = value.ToLowerInvariant() };
                return null;
            case "x-wye-step":
                hints = hints with { Step = value };
                return null;
            case "x-wye-step-kind":
                if (!StepKinds.TryParse(value, out var kind))
                {
                    return "one of " + string.Join(", ", StepKinds.All.Select(each => each.Name()));
                }

                hints = hints with { StepKind = kind };
                return null;
            case "x-wye-priority":
                if (
                    !Enum.TryParse<CallerPriority>(value, ignoreCase: true, out var priority)
                    || char.IsAsciiDigit(value[0])
                )
                {
                    return "critical, normal or low";
                }

                hints = hints with { Priority = priority };
                return null;
            case "x-wye-run":
                hints = hints with { Run = value };
                return null;
            case "x-wye-session":
                hints = hints with { Session = value };
                return null;
            case "x-wye-tags":
                var tags = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (tags.Length > MaxTags)
                {
                    return $"at most {MaxTags} tags, separated by commas";
                }

                hints = hints with { Tags = [.. tags] };
                return null;
            case "x-wye-explain":
                if (!TryBoolean(value, out var explain))
                {
                    return "true or false";
                }

                hints = hints with { Explain = explain };
                return null;
            default:
                return null;
        }
    }

    // It leaves for the provider as it is, so nothing but names may stand in it.
    private static bool TryReadBetas(StringValues values, ref CallerHints hints)
    {
        var betas = values.ToString().Trim();
        hints = hints with { Betas = betas.Length == 0 ? null : betas };
        return betas.Length <= MaxTextLength && !betas.AsSpan().ContainsAnyExcept(BetaCharacters);
    }

    private static bool TryNumber(string value, out decimal number) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool TryBoolean(string value, out bool answer)
    {
        answer = value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        return answer || value is "0" || string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
    }

    private static ChatError Wrong(string header, string expected) =>
        new(FailureKind.BadRequest, $"Header {header.ToLowerInvariant()} takes {expected}.")
        {
            Code = "invalid_header",
            Param = header.ToLowerInvariant(),
        };
}
