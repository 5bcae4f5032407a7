using Wye.Gates;
using Wye.Gates.Checks;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.GateParts;

namespace Wye.Hosting.Configuration.Resolving.Scope;

/// <summary>Builds the gates that decide at once.</summary>
internal sealed class CheckFactory(ResolveScope scope)
{
    private const double UsualRepetition = 0.3;

    private ProblemList Problems => scope.Problems;

    /// <summary>The gate; null when it is wrong, which is then among the problems.</summary>
    public Gate? Build(string at, string kind, GateConfig config)
    {
        switch (kind)
        {
            case "json":
                return new JsonGate();
            case "json_schema":
                return new SchemaGate(scope.Config.JsonSchemas, config.Schema);
            case "pattern":
                return Pattern(at, config);
            case "length":
                return new LengthGate(config.Min ?? 1, config.Max ?? int.MaxValue);
            case "finish":
                return new FinishGate();
            case "sections":
                if (config.Sections.IsEmpty)
                {
                    Problems.Error(at, "The gate names no section.", "Add sections: [NAME, …].");
                }

                return new SectionsGate(config.Sections);
            case "language":
                return new LanguageGate(config.Language);
            case "code":
                return new CodeGate(config.Required ?? false, config.Language);
            case "tool_arguments":
                return new ToolArgumentsGate(scope.Config.JsonSchemas);
            case "arithmetic":
                return new ArithmeticGate();
            case "final_answer":
                return new FinalAnswerGate(config.Number ?? false, config.Marker);
            case "numbers_used":
                return new NumbersUsedGate(Share(at, "share", config.Share, 0.5));
            case "refusal":
                return new RefusalGate(config.Hedges ?? GateResolver.UsualHedges);
            case "repetition":
                return new RepetitionGate(Share(at, "share", config.Share, UsualRepetition));
            case "choice":
                return new ChoiceGate(config.Choices);
            case "logprobs":
                return new ConfidenceGate(config.MeanLogprob ?? -0.5, config.LeastLogprob, config.Entropy);
            default:
                Problems.Error(
                    $"{at}.kind",
                    $"There is no kind of gate {Problems.Show($"{at}.kind", kind)}.",
                    Problems.Suggest(kind, GateKinds.All, "See docs/gates.md.")
                );
                return null;
        }
    }

    private PatternGate? Pattern(string at, GateConfig config)
    {
        if (config.Pattern is not { Length: > 0 and <= 1_000 } pattern)
        {
            Problems.Error(at, "The gate has no pattern, or one of more than 1000 characters.", "Add pattern: REGEX.");
            return null;
        }

        try
        {
            return new PatternGate(pattern, config.Not != true);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            Problems.Error(
                $"{at}.pattern",
                "The pattern cannot be used: it is broken, or needs backtracking (lookaround, backreferences).",
                "Write it without these."
            );
            return null;
        }
    }

    /// <summary>A number from 0 to 1, or what stands in for it.</summary>
    public double Share(string at, string key, double? written, double usual)
    {
        if (written is null or (>= 0 and <= 1))
        {
            return written ?? usual;
        }

        Problems.Error($"{at}.{key}", "The number is out of range.", "Use a number from 0 to 1.");
        return usual;
    }
}
