using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing.Routes;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary><c>rules</c> of a route → rules that can be matched.</summary>
internal static class RuleResolver
{
    private const int MaxTokens = 100_000_000;

    public static ImmutableArray<RouteRule> Resolve(
        ResolveScope scope,
        string routePath,
        ImmutableArray<RuleConfig> configs,
        ImmutableArray<Tier> tiers
    )
    {
        var rules = ImmutableArray.CreateBuilder<RouteRule>();
        for (var i = 0; i < configs.Length; i++)
        {
            rules.Add(Resolve(scope, $"{routePath}.rules[{i}]", i, configs[i], tiers));
        }

        return rules.ToImmutable();
    }

    public static StepKind? KindOf(ProblemList problems, string at, string name)
    {
        if (StepKinds.TryParse(name, out var kind))
        {
            return kind;
        }

        problems.Error(
            at,
            $"There is no step kind {problems.Show(at, name)}.",
            problems.Suggest(name, StepKinds.All.Select(known => known.Name()), "")
        );
        return null;
    }

    private static RouteRule Resolve(
        ResolveScope scope,
        string path,
        int index,
        RuleConfig config,
        ImmutableArray<Tier> tiers
    )
    {
        var problems = scope.Problems;
        CheckForm(problems, path, config);
        var model = config.Model is { } name ? scope.FindModel(name) : null;
        if (config.Model is not null && model is null && !scope.Refused.Contains(config.Model))
        {
            var at = $"{path}.model";
            var (what, fix) = ModelReferences.Unknown(scope, problems.Show(at, config.Model), config.Model);
            problems.Error(at, what, fix);
        }

        return new RouteRule
        {
            Name = config.Name ?? string.Create(CultureInfo.InvariantCulture, $"rule {index + 1}"),
            Tier = RouteResolver.TierOf(scope, $"{path}.tier", config.Tier, tiers),
            Model = model?.Id,
            StepKinds =
            [
                .. config
                    .StepKinds.Select((kind, i) => KindOf(problems, $"{path}.step_kinds[{i}]", kind))
                    .OfType<StepKind>(),
            ],
            Steps = config.Steps,
            MinPromptTokens = problems.Count($"{path}.min_prompt_tokens", config.MinPromptTokens, 0, MaxTokens),
            MaxPromptTokens = problems.Count($"{path}.max_prompt_tokens", config.MaxPromptTokens, 0, MaxTokens),
            MinTurns = problems.Count($"{path}.min_turns", config.MinTurns, 1, MaxTokens),
            Code = config.Code,
            Math = config.Math,
            Tools = config.Tools,
            Images = config.Images,
            Json = config.Json,
            Tags = config.Tags,
            Keys = [.. config.Keys.Select(key => new KeyId(key))],
            BudgetBelow = Fraction(problems, $"{path}.budget_below", config.BudgetBelow),
            From = config.From,
            Until = config.Until,
            Matches = Pattern(problems, $"{path}.matches", config.Matches),
        };
    }

    private static void CheckForm(ProblemList problems, string path, RuleConfig config)
    {
        if (config.Tier is null == config.Model is null)
        {
            problems.Error(
                path,
                config.Tier is null ? "The rule chooses nothing." : "The rule chooses both a tier and a model.",
                "Set exactly one of tier and model."
            );
        }

        if (config.MinPromptTokens > config.MaxPromptTokens)
        {
            problems.Error(
                $"{path}.max_prompt_tokens",
                "The rule can never hold: max_prompt_tokens is below min_prompt_tokens.",
                "Swap or remove one of them."
            );
        }

        if (config.From is null != config.Until is null || (config.From is { } from && from == config.Until))
        {
            problems.Error(
                $"{path}.from",
                "The time of day needs a start and a different end.",
                "Set both, e.g. from: 22:00 and until: 06:00 in quotes."
            );
        }
    }

    private static double? Fraction(ProblemList problems, string at, double? value)
    {
        if (value is null or (>= 0 and <= 1))
        {
            return value;
        }

        problems.Error(at, "The fraction is out of range.", "Use a number from 0 to 1, e.g. 0.2.");
        return null;
    }

    private static Regex? Pattern(ProblemList problems, string at, string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        if (pattern.Length is 0 or > ConfigDefaults.MaxPatternLength)
        {
            problems.Error(
                at,
                pattern.Length == 0 ? "The pattern is empty." : "The pattern is too long.",
                string.Create(CultureInfo.InvariantCulture, $"Use 1 to {ConfigDefaults.MaxPatternLength} characters.")
            );
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException fault)
        {
            problems.Error(
                at,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The pattern is not valid at character {fault.Offset + 1}: {fault.Error}."
                ),
                "Mend the pattern; .NET syntax."
            );
        }
        catch (NotSupportedException)
        {
            problems.Error(
                at,
                "The pattern needs backtracking, which could stall a request, or is too complex.",
                "Leave out lookarounds, backreferences, atomic groups and large repetitions."
            );
        }

        return null;
    }
}
